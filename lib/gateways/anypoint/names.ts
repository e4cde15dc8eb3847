/** People here have one name; scripts want two. */
export function namesIn(fullName: string): { firstName: string; lastName: string } {
  const [firstName = '', ...rest] = fullName.split(' ')
  return { firstName, lastName: rest.join(' ') }
}
