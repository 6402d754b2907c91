import type { Page } from '@playwright/test';
import { inflateSync } from 'node:zlib';

/** How bright the background of the page is at the lower left corner of the window, from 0 to 1. */
export async function brightness(page: Page): Promise<number> {
  const { height } = page.viewportSize() ?? { height: 1 };
  const clip = { x: 0, y: height - 1, width: 1, height: 1 };
  const [, red = 0, green = 0, blue = 0] = inflateSync(imageData(await page.screenshot({ clip, scale: 'css' })));
  return (red + green + blue) / (3 * 255);
}

/** The compressed pixels of a small PNG: a filter, which means nothing to a single pixel, then its colours. */
function imageData(png: Buffer): Buffer {
  const name = png.indexOf('IDAT');
  return png.subarray(name + 4, name + 4 + png.readUInt32BE(name - 4));
}
