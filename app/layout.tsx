import './globals.css'
import { GeistMono } from 'geist/font/mono'
import { GeistSans } from 'geist/font/sans'
import type { Metadata, Viewport } from 'next'
import { cookies, headers } from 'next/headers'
import type { ReactNode } from 'react'
import { KitProvider } from '#components/ui/kit-provider'
import { PlaceProvider } from '#components/ui/time-zone'
import { localeFrom, nonceFrom, themeFrom, timeZoneFrom } from '../components/shell/preferences.ts'

export const metadata: Metadata = {
  title: { default: 'Gatehouse', template: '%s · Gatehouse' },
  robots: { index: false, follow: false },
  referrer: 'strict-origin',
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfcfd' },
    { media: '(prefers-color-scheme: dark)', color: '#0d0e11' },
  ],
}

/** The document: type, theme and time zone as this browser asked for them, so that nothing flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const [cookie, header] = await Promise.all([cookies(), headers()])
  return (
    <html
      lang="en"
      data-theme={themeFrom(cookie.get('theme')?.value)}
      className={`${GeistSans.variable} ${GeistMono.variable}`}
    >
      <body>
        <KitProvider nonce={nonceFrom(header.get('content-security-policy'))}>
          <PlaceProvider
            timeZone={timeZoneFrom(cookie.get('time-zone')?.value)}
            locale={localeFrom(header.get('accept-language'))}
          >
            {children}
          </PlaceProvider>
        </KitProvider>
      </body>
    </html>
  )
}
