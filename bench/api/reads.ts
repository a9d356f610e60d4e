/** The reads that are measured, and whom they are asked by. */
import type { Sent } from '#rehearsal/gateway.ts';
import { claimsOf } from '#test/support/http.ts';

export interface Read {
  readonly name: string;
  readonly path: string;
  readonly query?: string;
  /** With fewer releases in the table the answer is shorter, and costs less. */
  readonly releasesMin: number;
}

/** A page of releases that have ended, beside the one under way. */
const pageAndOne = 21;

export const readsOf = (releaseId: string): readonly Read[] => {
  const release = `/releases/${releaseId}`;
  return [
    { name: 'list releases under way', path: '/releases', releasesMin: 1 },
    { name: 'list ended releases', path: '/releases', query: 'state=ended', releasesMin: pageAndOne },
    { name: 'read a release', path: release, releasesMin: 1 },
    { name: 'a page of the timeline', path: `${release}/timeline`, releasesMin: 1 },
    { name: 'list phases', path: `${release}/phases`, releasesMin: 1 },
    { name: 'list gates', path: `${release}/gates`, releasesMin: 1 },
  ];
};

/** Anybody who signed in may read. */
export const reader = claimsOf('ada');
export const bearer = 'ada';

export const sentOf = ({ path, query = '' }: Read): Sent => ({
  method: 'GET',
  path,
  query: new URLSearchParams(query),
  claims: reader,
});
export const urlOf = ({ path, query }: Read): string => (query === undefined ? path : `${path}?${query}`);
