/** Where files of users lie in their bucket. Plain data, so that the stack can read it too. */
export const uploadsFolder = 'uploads/';
export const reportsFolder = 'reports/';

/** Not below the uploads, where it would be taken for one. */
export const reportOf = (upload: string): string =>
  `${reportsFolder}${upload.startsWith(uploadsFolder) ? upload.slice(uploadsFolder.length) : upload}.json`;
