/** A file of an upload is small for what it shows; ours ends at 256 × 256. */
export const LOGO_BYTES_MAX = 1_048_576
/** Larger ones are made to fill memory when they are opened, not to be looked at. */
export const LOGO_SIDE_MAX = 4096
/** Smaller ones are blurred on every screen. */
export const LOGO_SIDE_MIN = 32
const LOGO_FORMATS = 'a PNG, JPEG or WebP picture'

const starts = (bytes: Uint8Array, signs: readonly number[], at = 0) =>
  signs.every((sign, offset) => bytes[at + offset] === sign)
const ascii = (text: string) => [...text].map((sign) => sign.charCodeAt(0))

/** Why a file is refused as a logo before anything opens it, in words, or null: it goes by what the file is, never by what it is called. */
export function judgeLogoFile(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return `This file is empty. Choose ${LOGO_FORMATS}.`
  if (bytes.length > LOGO_BYTES_MAX) return 'A logo has at most 1 MiB. Choose a smaller picture.'
  if (starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return null
  if (starts(bytes, [0xff, 0xd8, 0xff])) return null
  if (starts(bytes, ascii('RIFF')) && starts(bytes, ascii('WEBP'), 8)) return null
  if (starts(bytes, ascii('GIF8'))) return `GIF is not taken. Choose ${LOGO_FORMATS}.`
  if (isMarkup(bytes))
    return `SVG and other markup is not taken: it can hold a program. Choose ${LOGO_FORMATS}.`
  return `This is no picture that is taken. Choose ${LOGO_FORMATS}.`
}

function isMarkup(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, 256))
  return text
    .replace(/^\uFEFF/, '')
    .trimStart()
    .startsWith('<')
}
