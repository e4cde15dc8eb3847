import type { Sharp } from 'sharp'
import { Refusal } from '../../base/refusal.ts'
import { judgeLogoFile, LOGO_SIDE_MAX, LOGO_SIDE_MIN } from './logo-formats.ts'

const SIDE = 256
const SECONDS_MAX = 5

/**
 * Makes a logo of an uploaded file: a PNG of 256 × 256 without anything else that was in the file. Only what is made here is ever
 * served. Refuses, in words, what is no PNG, JPEG or WebP, what is damaged, and what is larger than it can be for good.
 */
export async function newLogoPicture(file: Uint8Array): Promise<Buffer> {
  const sentence = judgeLogoFile(file)
  if (sentence) throw refusal(sentence)
  const open = await decoder()
  return oneByOne(async () => {
    const wrong = await judgeSize(open(file, false))
    if (wrong) throw refusal(wrong)
    return open(file, LOGO_SIDE_MAX * LOGO_SIDE_MAX)
      .autoOrient()
      .resize(SIDE, SIDE, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
      .toColourspace('srgb')
      .png({ compressionLevel: 9 })
      .timeout({ seconds: SECONDS_MAX })
      .toBuffer()
      .catch(damaged)
  })
}

/** By what the file's head says; nothing of the picture is opened yet. */
async function judgeSize(picture: Sharp): Promise<string | null> {
  const { width = 0, height = 0, pages = 1 } = await picture.metadata().catch(damaged)
  if (pages > 1) return 'An animation is no logo. Choose a picture that stands still.'
  if (Math.max(width, height) > LOGO_SIDE_MAX) {
    return `A logo has at most ${LOGO_SIDE_MAX} × ${LOGO_SIDE_MAX} pixels; this one has ${width} × ${height}.`
  }
  if (Math.min(width, height) < LOGO_SIDE_MIN) {
    return `A logo has at least ${LOGO_SIDE_MIN} × ${LOGO_SIDE_MIN} pixels; this one has ${width} × ${height}.`
  }
  return null
}

function damaged(): never {
  throw refusal('This picture is damaged, or not what it says it is. Save it anew and try again.')
}

function refusal(sentence: string): Refusal {
  return new Refusal('invalid', sentence, { picture: sentence })
}

type Open = (file: Uint8Array, limitInputPixels: number | false) => Sharp
let loading: Promise<Open> | undefined

/** Loaded with the first logo: a server that nobody gives one never needs it. Of all that it can read, three decoders are left. */
function decoder(): Promise<Open> {
  loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({
      operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'],
    })
    sharp.cache(false)
    sharp.concurrency(1)
    return (file, limitInputPixels) =>
      sharp(file, { failOn: 'warning', limitInputPixels, sequentialRead: true })
  })
  return loading
}

let last: Promise<unknown> = Promise.resolve()

/** One picture at a time: opened, each may take tens of megabytes. */
function oneByOne<T>(work: () => Promise<T>): Promise<T> {
  const mine = last.then(work, work)
  last = mine.catch(() => undefined)
  return mine
}
