import pictures from './screenshots.config.ts';

/** Has Lighthouse judge the pages of the program whose pictures are taken. */
export default { ...pictures, testMatch: 'lighthouse.ts', timeout: 300_000 };
