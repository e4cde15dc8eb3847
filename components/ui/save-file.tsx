/** A slow browser is still reading it for a while after it was told to. */
const KEPT_MILLISECONDS = 60_000

/** Lets the browser keep this as a file. */
export function saveFile(name: string, file: Blob): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MILLISECONDS)
}
