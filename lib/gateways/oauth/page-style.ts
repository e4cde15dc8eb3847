/** The look of the product in as little as these few pages need; they stand alone, without the build's files. */
export const STYLE = `
:root{color-scheme:light dark;--canvas:light-dark(oklch(99.2% .001 264),oklch(16.5% .005 264));--surface:light-dark(#fff,oklch(19% .006 264));
--line:light-dark(oklch(91.8% .004 264),oklch(27.5% .008 264));--edge:light-dark(oklch(62% .012 264),oklch(56% .014 264));
--ink:light-dark(oklch(21% .012 264),oklch(95% .003 264));--muted:light-dark(oklch(49.5% .013 264),oklch(70.5% .011 264));
--accent:light-dark(oklch(51% .2 266),oklch(55% .19 268));--accent-ink:light-dark(oklch(47% .19 266),oklch(78% .11 268));
--bad:light-dark(oklch(50% .185 25),oklch(77% .125 22))}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;min-height:100dvh;background:var(--canvas);color:var(--ink);font:14px/20px Geist,ui-sans-serif,system-ui,sans-serif}
header{display:flex;gap:8px;align-items:center;height:56px;padding:0 20px;font-weight:600}
main{width:min(440px,100% - 32px);margin:max(24px,12vh) auto 48px;padding:28px;background:var(--surface);border:1px solid var(--line);border-radius:12px}
h1{margin:0 0 8px;font-size:20px;line-height:28px;font-weight:600;text-wrap:balance}
p{margin:0 0 12px;overflow-wrap:anywhere}
.muted,dt{color:var(--muted);font-size:12px;line-height:16px}
.bad{color:var(--bad)}
a{color:var(--accent-ink)}
code,.code{font-family:"Geist Mono",ui-monospace,monospace}
.code{font-size:24px;line-height:32px;letter-spacing:.12em;text-align:center;padding:12px;border:1px solid var(--line);border-radius:8px}
label{display:block;margin-bottom:6px;font-weight:500}
input[type=text]{width:100%;height:44px;padding:0 12px;font:inherit;font-size:18px;letter-spacing:.12em;text-transform:uppercase;color:inherit;background:var(--surface);border:1px solid var(--edge);border-radius:6px}
.acts{display:flex;flex-wrap:wrap;gap:12px;margin-top:20px}
button{flex:1 1 140px;height:44px;padding:0 16px;font:inherit;font-weight:500;color:inherit;background:var(--surface);border:1px solid var(--edge);border-radius:6px;cursor:pointer}
button.primary{background:var(--accent);border-color:var(--accent);color:#fff}
:focus-visible{outline:2px solid var(--accent-ink);outline-offset:2px}
dl{margin:16px 0 0;border-top:1px solid var(--line);padding-top:12px}
dd{margin:0 0 8px;overflow-wrap:anywhere}
@media (max-width:480px){main{border:0;background:none;padding:0;margin-top:16px}}
`
