'use server'

import { addEntry } from '#lib/domain/allowlist/add-entry'
import { approveRequest } from '#lib/domain/allowlist/approve-request'
import { changeRequestRules } from '#lib/domain/allowlist/change-request-rules'
import { close } from '#lib/domain/allowlist/close'
import { declineRequest } from '#lib/domain/allowlist/decline-request'
import { endReviewer } from '#lib/domain/allowlist/end-reviewer'
import { limitEntry } from '#lib/domain/allowlist/limit-entry'
import { nameReviewer } from '#lib/domain/allowlist/name-reviewer'
import { removeEntry } from '#lib/domain/allowlist/remove-entry'
import { reopenRequest } from '#lib/domain/allowlist/reopen-request'
import { restrict } from '#lib/domain/allowlist/restrict'
import { setInternalAutoApproval } from '#lib/domain/allowlist/set-internal-auto-approval'
import { trimEntry } from '#lib/domain/allowlist/trim-entry'
import { unrestrict } from '#lib/domain/allowlist/unrestrict'
import { consoleAction } from '#lib/gateways/console/action'

export const restrictTo = consoleAction(restrict)
export const openUp = consoleAction(unrestrict)
export const closeDown = consoleAction(close)
export const approveInternal = consoleAction(setInternalAutoApproval)
export const listApp = consoleAction(addEntry)
export const limit = consoleAction(limitEntry)
export const unlist = consoleAction(removeEntry)
export const trim = consoleAction(trimEntry)
export const approve = consoleAction(approveRequest)
export const decline = consoleAction(declineRequest)
export const changeRules = consoleAction(changeRequestRules)
export const nameToReview = consoleAction(nameReviewer)
export const endReview = consoleAction(endReviewer)
export const reopen = consoleAction(reopenRequest)
