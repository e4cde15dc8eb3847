import { z } from 'zod'
import { moment } from './shape.ts'

export const sentPasswordLink = z
  .object({ expiresAt: moment })
  .meta({ id: 'SentPasswordLink', description: 'Until when the mailed link is good; it is nowhere else.' })
