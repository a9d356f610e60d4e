/** What a page is asked, and what it is answered with. */
import type { With } from '#application/port-groups.ts';
import type { Link } from '#domain/mailing/links.ts';
import type { Frame } from './page.ts';
import type { PageTexts } from './texts.ts';

export type PagePorts = With<'feedback' | 'preferences'>;

/** By whom, and with what in the form; `sent` is absent for a GET. */
export interface PageVisit {
  readonly link: Link;
  readonly frame: Frame;
  readonly texts: PageTexts;
  readonly sent?: URLSearchParams;
}
