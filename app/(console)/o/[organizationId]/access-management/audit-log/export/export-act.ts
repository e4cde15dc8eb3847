/** The act of the form that exports a log: a token made for one organization is worth nothing for another. */
export function exportAct(organizationId: string): string {
  return `export the audit log of ${organizationId}`
}

/** Where the answer says how many events are to come. */
export const EVENTS_HEADER = 'export-events'
