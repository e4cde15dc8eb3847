import { createHash } from 'node:crypto'
import type { Transaction } from '#db/client'
import { appLogos } from '#db/schema/connected-apps'
import { newLogoPicture } from '#lib/domain/connected-apps/logo-picture'
import type { World } from './world.ts'

const SIDE = 256

type Color = readonly [number, number, number]
/** Two colors, and where the second one is: of a point, both from -1 to 1. */
type Drawing = { ground: Color; ink: Color; isInk: (x: number, y: number) => boolean }

/** Some apps have a logo, most have none: as it is. */
const DRAWINGS: Readonly<Record<string, Drawing>> = {
  'ledgerline-sync': {
    ground: [24, 88, 74],
    ink: [240, 246, 240],
    isInk: (x, y) => Math.abs(x) < 0.55 && [-0.4, 0, 0.4].some((line) => Math.abs(y - line) < 0.09),
  },
  sheetbridge: {
    ground: [38, 70, 160],
    ink: [250, 250, 255],
    isInk: (x, y) => Math.abs(Math.hypot(x, y - 0.35) - 0.62) < 0.1 && y < 0.35,
  },
  'order-desk': {
    ground: [206, 88, 44],
    ink: [255, 246, 232],
    isInk: (x, y) => Math.abs(x) + Math.abs(y) < 0.62 && Math.abs(x) + Math.abs(y) > 0.28,
  },
}

export async function insertLogos(tx: Transaction, { apps }: World): Promise<void> {
  const { default: sharp } = await import('sharp')
  for (const [key, drawing] of Object.entries(DRAWINGS)) {
    const app = apps.get(key)
    if (!app) throw new Error(`No app of the demo is called ${key}.`)
    const raw = { width: SIDE, height: SIDE, channels: 3 } as const
    const png = await newLogoPicture(await sharp(pixelsOf(drawing), { raw }).png().toBuffer())
    const sha256 = createHash('sha256').update(png).digest()
    await tx
      .insert(appLogos)
      .values({ appId: app.id, sha256, png, updatedAt: app.since, updatedBy: app.owner.id })
  }
}

function pixelsOf({ ground, ink, isInk }: Drawing): Buffer {
  const at = (pixel: number) => (pixel / SIDE) * 2 - 1
  const pixels = Array.from({ length: SIDE * SIDE }, (_, n) =>
    isInk(at(n % SIDE), at(Math.floor(n / SIDE))) ? ink : ground,
  )
  return Buffer.from(pixels.flat())
}
