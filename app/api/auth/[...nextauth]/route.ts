import { answerNextAuth } from '#lib/gateways/console/answer-next-auth'

/** next-auth's addresses, as far as anyone needs them. */
export { answerNextAuth as GET, answerNextAuth as POST }
