import { environment } from '#lib/base/env'
import { setSecretKey } from '#lib/base/secret-key'
import { sendMail } from '#lib/domain/mail/send-mail'

/* A process that sends one mail, for a test that kills it while it does. */
const { secretKey } = environment()
if (!secretKey) throw new Error('SECRET_KEY is the test’s.')
setSecretKey(secretKey)
await sendMail({ mailId: process.argv[2] ?? '' })
process.exit(0)
