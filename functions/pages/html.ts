/** Pages as text in which nothing that a reader or a plan wrote can become markup. */
import { escapeHtml } from '#presentation/mail/render.ts';

const brand: unique symbol = Symbol('markup');
/** Text that is markup already. */
export interface Markup {
  readonly [brand]: string;
}
type Content = Markup | string | number | false | undefined | readonly Content[];

/** A template whose values are escaped, but for markup made by it; lists are joined, absent values leave nothing. */
export const html = (parts: TemplateStringsArray, ...values: readonly Content[]): Markup => ({
  [brand]: parts
    .map((part, index) => part + written(index < values.length ? values[index] : undefined))
    .join(''),
});

export const textOfMarkup = (markup: Markup): string => markup[brand];

function written(value: Content): string {
  if (value === undefined || value === false) return '';
  if (typeof value === 'string' || typeof value === 'number') return escapeHtml(String(value));
  return brand in value ? value[brand] : (value as readonly Content[]).map(written).join('');
}
