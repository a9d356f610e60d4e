/**
 * Which function gets a request: the routes of API Gateway, the most specific first, which is how it chooses ("route
 * selection"). Fewer than there are operations, because each is a permission of its function. What no other route takes goes
 * to the function with the least power, which says what is allowed.
 */
import { pageOf } from '#domain/mailing/links.ts';

const release = '/releases/{releaseId}';

/** Pages that mails lead to, without a token: the link is in the query, which no log has. */
export const publicPaths: readonly string[] = Object.values(pageOf);

export const gatewayRoutes: readonly (readonly [
  method: 'ANY' | 'GET' | 'POST',
  path: string,
  name: string,
])[] = [
  ['POST', '/audience/erasures', 'audience-api'],
  ['POST', '/releases', 'release-api'],
  ['POST', `${release}/withdraw-access`, 'access-api'],
  ['POST', `${release}/incidents`, 'phase-api'],
  ['POST', `${release}/incidents/{incident}`, 'phase-api'],
  ['GET', `${release}/phases/{phase}/gate`, 'phase-api'],
  ['POST', `${release}/phases/{proxy+}`, 'phase-api'],
  ['POST', `${release}/{proxy+}`, 'release-api'],
  ['ANY', '/{proxy+}', 'read-api'],
];
