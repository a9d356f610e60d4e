/** Ends announcements by one click: of the page's button, or of the mail program's own (RFC 8058). */
import type { HttpResponse } from '../contracts/http.ts';
import { html } from './html.ts';
import { page } from './page.ts';
import type { PagePorts, PageVisit } from './visit.ts';

/** In the form that takes the word back. */
const undoing = 'again';

export async function unsubscribePage(visit: PageVisit, ports: PagePorts): Promise<HttpResponse> {
  const { link, frame, texts, sent } = visit;
  const { unsubscribe } = texts;
  if (!sent)
    return page(
      200,
      frame,
      unsubscribe.title,
      html`<p>${unsubscribe.lead}</p><form method="post"><button>${unsubscribe.send}</button></form>`,
    );
  const nowMs = ports.clock.nowMs();
  if (sent.has(undoing)) {
    await ports.preferences.optIn(link.person, nowMs);
    return page(200, frame, unsubscribe.done, html`<p>${unsubscribe.undone}</p>`);
  }
  await ports.preferences.optOut(link.person, nowMs);
  return page(
    200,
    frame,
    unsubscribe.done,
    html`<p>${unsubscribe.kept}</p><form method="post"><button name="${undoing}" value="1">${unsubscribe.undo}</button></form>`,
  );
}
