/** One page: its frame, its looks and the headers that keep it to itself. It works without script and at any width. */
import { createHash } from 'node:crypto';
import type { Locale } from '#domain/mailing/template.ts';
import type { HttpResponse } from '../contracts/http.ts';
import { html, type Markup, textOfMarkup } from './html.ts';

export interface Frame {
  readonly locale: Locale;
  /** The product's name as its users know it. */
  readonly product: string;
}

/** Colours keep a contrast of 7 to 1 or more in both schemes; what can be hit is 44 pixels high (WCAG 2.2). */
const style = `
:root{color-scheme:light dark;--page:#eef1f6;--card:#fff;--ink:#1c2536;--quiet:#414d63;--line:#7c879c;--act:#0a4d8c;--on:#fff;--bad:#9b1c1c}
@media(prefers-color-scheme:dark){:root{--page:#10141c;--card:#1a202c;--ink:#e8ecf4;--quiet:#c0c9da;--line:#8592aa;--act:#8fc4ff;--on:#0d1522;--bad:#ffb4b4}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,'Segoe UI',sans-serif}
main{max-width:38rem;margin:0 auto;padding:1.5rem 1rem 3rem}
.product{margin:0 0 .75rem;font-weight:700}
.card{background:var(--card);border-radius:.6rem;padding:1.5rem}
h1{margin:0 0 .5rem;font-size:1.6rem;line-height:1.25}
p{margin:0 0 1rem}
fieldset{margin:0 0 1.5rem;padding:0;border:0;min-width:0}
legend,.label{display:block;padding:0;margin:0 0 .5rem;font-weight:600}
.choices{display:flex;flex-wrap:wrap;gap:.5rem}
.choice{display:flex;align-items:center;gap:.5rem;min-height:2.75rem;padding:.25rem .9rem;border:1px solid var(--line);border-radius:.4rem}
.choice:has(:checked){border-color:var(--act);box-shadow:inset 0 0 0 1px var(--act)}
input[type=radio]{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--act)}
textarea{width:100%;min-height:9rem;padding:.6rem;font:inherit;color:inherit;background:transparent;border:1px solid var(--line);border-radius:.4rem}
button{min-height:2.75rem;padding:.6rem 1.4rem;font:inherit;font-weight:600;color:var(--on);background:var(--act);border:0;border-radius:.4rem;cursor:pointer}
:focus-visible{outline:3px solid var(--act);outline-offset:3px}
.quiet{margin:.5rem 0 0;color:var(--quiet);font-size:.95rem}
.mistake{color:var(--bad);font-weight:600}
.mistakes{border-left:4px solid var(--bad);padding-left:.8rem}
`.replaceAll('\n', '');
const styleHash = createHash('sha256').update(style).digest('base64');

/** A page of another site can neither show nor read it, and nothing in it is fetched or run. */
const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

/** `mistake`: the page is shown again, to be corrected; who hears its title first knows. */
export function page(
  statusCode: number,
  { locale, product }: Frame,
  title: string,
  content: Markup,
  mistake?: string,
): HttpResponse {
  const document = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${mistake !== undefined && `${mistake} – `}${title} – ${product}</title>
<style>${styleMarkup}</style>
</head>
<body>
<main>
<p class="product">${product}</p>
<div class="card">
<h1>${title}</h1>
${content}
</div>
</main>
</body>
</html>
`;
  return { statusCode, headers, body: textOfMarkup(document) };
}

/** Ours, and without a value in it. */
const styleMarkup = html([style] as unknown as TemplateStringsArray);
