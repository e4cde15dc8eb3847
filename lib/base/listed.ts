const LIST = new Intl.ListFormat('en-GB', { type: 'conjunction' })

/** “Orders, invoices and shipments”; where more are not named, “Orders, invoices and 3 more”. */
export function listed(words: readonly string[], more = 0): string {
  return LIST.format(more > 0 ? [...words, `${more.toLocaleString('en')} more`] : words)
}
