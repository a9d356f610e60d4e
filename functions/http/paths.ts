/** The resources of the API. */
export const release = '/releases/{releaseId}';
export const phase = `${release}/phases/{phase}`;
