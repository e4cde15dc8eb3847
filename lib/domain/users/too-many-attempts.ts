/** What is said when something was tried too often: what, and when it may be tried again. */
export function tooManyAttempts(toDoWhat: string, waitSeconds: number): string {
  const minutes = Math.ceil(waitSeconds / 60)
  return `Too many attempts to ${toDoWhat}. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
}
