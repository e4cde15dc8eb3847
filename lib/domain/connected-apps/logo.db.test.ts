import { randomBytes } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import { eq } from 'drizzle-orm'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { events } from '#db/schema/audit'
import { appLogos } from '#db/schema/connected-apps'
import { as, asThrough } from '#test/actors'
import { database } from '#test/database'
import { makeApp, makeBusinessGroup, makeMember, makeOrganization } from '#test/factories'
import { deleteApp } from './delete-app.ts'
import { findLogo } from './find-logo.ts'
import { getApp } from './get-app.ts'
import { listOwnedApps } from './list-owned-apps.ts'
import { LOGO_BYTES_MAX } from './logo-formats.ts'
import { removeLogo } from './remove-logo.ts'
import { setLogo } from './set-logo.ts'

const SCRIPT = '<script>alert(1)</script>'
/** Each of another color: the same picture has the same address, whosever it is. */
const drawn = (side = 100) => {
  const [r = 0, g = 0, b = 0] = randomBytes(3)
  return sharp({ create: { width: side, height: side, channels: 3, background: { r, g, b } } })
}
const picture = () => drawn().png().toBuffer()

async function makeOwned() {
  const root = await makeOrganization()
  const app = await makeApp({ organization: root })
  return { root, app, set: (file: Uint8Array) => setLogo(as(root.owner), { appId: app.id, picture: file }) }
}

/** A PNG of one color whose head says how large it is: a few kilobytes that open into gigabytes. */
function bomb(side: number): Buffer {
  const crcTable = Array.from({ length: 256 }, (_, n) => {
    let c = n
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
    return c >>> 0
  })
  const crc = (bytes: Buffer) =>
    (bytes.reduce((sum, byte) => ((crcTable[(sum ^ byte) & 255] ?? 0) ^ (sum >>> 8)) >>> 0, 0xffffffff) ^
      0xffffffff) >>>
    0
  const chunk = (kind: string, data: Buffer) => {
    const named = Buffer.concat([Buffer.from(kind), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc(named))
    return Buffer.concat([length, named, sum])
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(side, 0)
  head.writeUInt32BE(side, 4)
  head.set([1, 0, 0, 0, 0], 8)
  const rows = deflateSync(Buffer.alloc((side / 8 + 1) * Math.min(side, 4000)), { level: 9 })
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

describe('a logo', () => {
  it.each([
    ['wide', { width: 200, height: 50 }, { left: 0, top: 96, right: 256, bottom: 160 }],
    ['tall', { width: 50, height: 200 }, { left: 96, top: 0, right: 160, bottom: 256 }],
  ])('that is %s is kept whole: in the middle, on nothing', async (_shape, size, box) => {
    const { set } = await makeOwned()
    const colors = { r: 200, g: 30, b: 60 }
    const file = await sharp({ create: { ...size, channels: 3, background: colors } })
      .png()
      .toBuffer()
    const { logo } = await set(file)
    const served = sharp((await findLogo(logo)) ?? Buffer.alloc(0)).ensureAlpha()
    const { data, info } = await served.raw().toBuffer({ resolveWithObject: true })
    const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3]
    // Its four corners are there, and right outside of them there is nothing.
    for (const x of [box.left + 1, box.right - 2])
      for (const y of [box.top + 1, box.bottom - 2]) expect(alphaAt(x, y)).toBe(255)
    expect([alphaAt(0, 0), alphaAt(255, 255)]).toEqual([0, 0])
    const middle = (128 * info.width + 128) * 4
    expect([...data.subarray(middle, middle + 3)]).toEqual([200, 30, 60])
  })

  it.each(['png', 'jpeg', 'webp'] as const)(
    'is drawn anew from a %s: 256 × 256, without what else was in the file',
    async (format) => {
      const { root, app, set } = await makeOwned()
      const file = await drawn(300)
        .withExif({ IFD0: { Copyright: 'Somebody', ImageDescription: SCRIPT } })
        .toFormat(format)
        .toBuffer()
      const { logo } = await set(Buffer.concat([file, Buffer.from(SCRIPT)]))
      const served = await findLogo(logo)
      const { width, height, format: made, exif } = await sharp(served ?? Buffer.alloc(0)).metadata()
      expect({ width, height, made, exif }).toEqual({ width: 256, height: 256, made: 'png', exif: undefined })
      expect(served?.includes('alert')).toBe(false)
      expect(served?.includes('Somebody')).toBe(false)
      expect((await getApp(as(root.owner), app.id)).logo).toBe(logo)
      const { apps } = await listOwnedApps(as(root.owner), { organizationId: root.id })
      expect(apps[0]?.logo).toBe(logo)
    },
  )

  it('is recorded, replaced under another address, and taken away again [P35]', async () => {
    const { root, app, set } = await makeOwned()
    const first = await set(await picture())
    const second = await set(await drawn().negate().png().toBuffer())
    expect(second.logo).not.toBe(first.logo)
    expect(await findLogo(first.logo)).toBeNull()
    await removeLogo(as(root.owner), { appId: app.id })
    await removeLogo(as(root.owner), { appId: app.id })
    expect(await findLogo(second.logo)).toBeNull()
    const told = await database()
      .select({ name: events.name })
      .from(events)
      .where(eq(events.appId, app.id))
      .orderBy(events.id)
    expect(told.map(({ name }) => name)).toEqual([
      'connected-app.logo-set',
      'connected-app.logo-set',
      'connected-app.logo-removed',
    ])
  })

  it('is no longer served once its app is deleted [P32]', async () => {
    const { root, app, set } = await makeOwned()
    const { logo } = await set(await picture())
    await deleteApp(as(root.owner), { appId: app.id, name: app.name })
    expect(await findLogo(logo)).toBeNull()
    expect(await findLogo('../../etc/passwd')).toBeNull()
  })

  it.each<[string, () => Promise<Uint8Array> | Uint8Array, RegExp]>([
    [
      'an SVG with a script',
      () => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${SCRIPT}</svg>`),
      /SVG/,
    ],
    [
      'an SVG after a byte order mark',
      () => Buffer.from(`\uFEFF  <?xml version="1.0"?><svg>${SCRIPT}</svg>`),
      /SVG/,
    ],
    ['a page', () => Buffer.from(`<!doctype html>${SCRIPT}`), /markup/],
    ['a GIF', () => drawn().gif().toBuffer(), /GIF/],
    ['a TIFF', () => drawn().tiff().toBuffer(), /no picture/],
    ['an AVIF', () => drawn().avif().toBuffer(), /no picture/],
    ['text', () => Buffer.from('just a text'), /no picture/],
    ['nothing', () => Buffer.alloc(0), /empty/],
    [
      'a head without a picture',
      () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
      /damaged/,
    ],
    ['half a picture', async () => (await noise()).subarray(0, 20_000), /damaged/],
    [
      'a page that begins like a picture',
      () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from(SCRIPT)]),
      /damaged/,
    ],
    [
      'an SVG that begins like a picture',
      () => Buffer.concat([Buffer.from('RIFF\0\0\0\0WEBP'), Buffer.from(`<svg>${SCRIPT}</svg>`)]),
      /damaged/,
    ],
    ['a picture of 60,000 × 60,000', () => bomb(60_000), /at most 4096 × 4096|damaged/],
    [
      'a picture larger than we open',
      () => drawn(4200).png().toBuffer(),
      /at most 4096 × 4096 pixels; this one has 4200/,
    ],
    ['a speck', () => drawn(8).png().toBuffer(), /at least 32 × 32/],
    ['an animation', () => animation(), /animation/],
    ['more than a mebibyte', () => new Uint8Array(LOGO_BYTES_MAX + 1), /1 MiB/],
  ])('is not made of %s', async (_, file, sentence) => {
    const { app, set } = await makeOwned()
    const given = await file()
    const refused = { code: 'invalid', sentence: expect.stringMatching(sentence) }
    await expect(set(given)).rejects.toMatchObject(refused)
    expect(await database().select().from(appLogos).where(eq(appLogos.appId, app.id))).toEqual([])
  })

  it('is changed by whoever may change the app, and by nobody else [P2] [P3]', async () => {
    const root = await makeOrganization()
    const [group, beside] = [await makeBusinessGroup(root), await makeBusinessGroup(root)]
    const developer = await makeMember(group, 'developer')
    const app = await makeApp({ organization: group, ownerId: developer.id })
    const input = { appId: app.id, picture: await picture() }
    await expect(setLogo(as(developer), input)).resolves.toMatchObject({ logo: expect.any(String) })
    const stranger = await makeOrganization()
    for (const person of [await makeMember(beside, 'administrator'), stranger.owner]) {
      await expect(setLogo(as(person), input)).rejects.toMatchObject({ code: 'not-found' })
      await expect(removeLogo(as(person), { appId: app.id })).rejects.toMatchObject({ code: 'not-found' })
    }
    await expect(setLogo(as(await makeMember(root)), input)).rejects.toMatchObject({ code: 'forbidden' })
    const reader = asThrough(root.owner, app, ['connected-apps:read'])
    await expect(setLogo(reader, input)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

const noise = () =>
  sharp({
    create: {
      width: 400,
      height: 400,
      channels: 3,
      background: 'white',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()

const animation = async () => {
  const frames = [await picture(), await drawn().negate().png().toBuffer()]
  return sharp(frames, { join: { animated: true } })
    .webp()
    .toBuffer()
}
