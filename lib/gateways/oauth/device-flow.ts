import type { Client, errors, KoaContextWithOIDC, UnknownObject } from 'oidc-provider'
import { visitor } from '../../base/visitor.ts'
import { formOf } from './form-of.ts'
import { html, page } from './pages.ts'

/** Where a person types the code their device shows (RFC 8628 §3.3). */
export function askForCode(
  ctx: KoaContextWithOIDC,
  _form: string,
  _out?: unknown,
  error?: (errors.OIDCProviderError & { userCode?: string }) | Error,
): void {
  const wrong = error && sentenceOf(error)
  if (error?.name === 'AbortedError') {
    ctx.body = page('Device not connected', [
      html`<h1>The device was not connected</h1><p>Nothing was allowed. You can close this page.</p>`,
    ])
    return
  }
  ctx.body = page('Connect a device', [
    html`<h1>Connect a device</h1><p>Type the code that your device shows.</p>`,
    html`${wrong ? html`<p class="bad" role="alert">${wrong}</p>` : ''}`,
    formOf(
      ctx,
      'code_verification',
      html`<label for="user_code">Code</label><input type="text" id="user_code" name="user_code" required autofocus autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20" placeholder="XXXX-XXXX">
<div class="acts"><button class="primary">Continue</button></div>`,
    ),
  ])
}

/** Lets a person compare the code before anything goes on: a link alone must connect nothing (RFC 8628 §5.4). */
export function askToConfirm(
  ctx: KoaContextWithOIDC,
  _form: string,
  client: Client,
  device: UnknownObject,
  userCode: string,
): void {
  ctx.body = page('Connect a device', [
    html`<h1>Connect ${client.clientName ?? 'this device'}?</h1><p>Go on only if your device shows this very code.</p><p class="code">${userCode}</p>`,
    html`${typeof device.ip === 'string' ? html`<p class="muted">Asked for from ${device.ip}</p>` : ''}`,
    formOf(
      ctx,
      'code_verification',
      html`<input type="hidden" name="user_code" value="${userCode}"><input type="hidden" name="confirm" value="yes">
<div class="acts"><button name="abort" value="yes">Cancel</button><button class="primary">Continue</button></div>`,
    ),
  ])
}

export function sayConnected(ctx: KoaContextWithOIDC): void {
  ctx.body = page('Device connected', [
    html`<h1>${ctx.oidc.client?.clientName ?? 'The device'} is connected</h1><p>Go back to your device. You can close this page.</p>`,
  ])
}

export type DeviceInfo = { ip?: string | undefined; userAgent?: string | undefined }

/** What is kept of the device that asks, to show to the person who confirms, and to whoever later looks where tokens are held. */
export function deviceInfo(): DeviceInfo {
  const { ip, userAgent } = visitor()
  return { ip, userAgent }
}

function sentenceOf(error: Error): string {
  switch (error.name) {
    case 'NoCodeError':
      return 'Type the code first.'
    case 'NotFoundError':
      return 'That is not a code we know. Check it and try again.'
    case 'ExpiredError':
      return 'That code has expired. Start again on your device.'
    case 'AlreadyUsedError':
      return 'That code was already used. Start again on your device.'
    case 'SlowDown':
      return 'Too many codes were tried from here. Wait a few minutes, then try again.'
    default:
      return 'That did not work. Start again on your device.'
  }
}
