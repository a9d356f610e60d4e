/**
 * Which function gets a request: the routes of API Gateway, the most specific first, which is how it chooses ("route
 * selection"). Fewer than there are operations, because each is a permission of its function: a route of its own has only
 * what would get to another function otherwise. What nothing else takes goes to the function with the least power, which
 * says what is allowed.
 */
import { pageOf } from '#domain/mailing/links.ts';
import { type ApiName, type Operation, operations } from '../runtime/operations.ts';

/** Pages that mails lead to, without a token: the link is in the query, which no log has. */
export const publicPaths: readonly string[] = Object.values(pageOf);

type Route = readonly [method: 'ANY' | 'GET' | 'POST', path: string, name: ApiName];

const release = '/releases/{releaseId}';
const below = '{proxy+}';
const shared: readonly Route[] = [
  ['POST', `${release}/incidents/${below}`, 'phase-api'],
  ['POST', `${release}/phases/${below}`, 'phase-api'],
  ['POST', `${release}/${below}`, 'release-api'],
  ['ANY', `/${below}`, 'read-api'],
];

const takes = ([method, path]: Route, asked: Operation): boolean =>
  (method === 'ANY' || method === asked.method) && asked.path.startsWith(path.slice(0, -below.length));

const own = Object.values<Operation>(operations)
  .filter((one) => shared.find((route) => takes(route, one))?.[2] !== one.by)
  .map(({ method, path, by }): Route => [method, path, by]);

export const gatewayRoutes: readonly Route[] = [...own, ...shared];
