import type { Page } from '@playwright/test';
import { inflateSync } from 'node:zlib';

/** How bright the background of the page is at the lower left corner of the window, from 0 to 1. */
export async function brightness(page: Page): Promise<number> {
  const { height } = page.viewportSize() ?? { height: 1 };
  const png = await page.screenshot({ clip: { x: 0, y: height - 1, width: 1, height: 1 }, scale: 'css' });
  // A row begins with its filter, which means nothing to a single pixel.
  const [, red = 0, green = 0, blue = 0] = inflateSync(Buffer.concat([...chunks(png, 'IDAT')]));
  return (red + green + blue) / (3 * 255);
}

/** The contents of the chunks with this name (PNG §5.3: length, name, content, checksum). */
function* chunks(png: Buffer, name: string): Generator<Buffer> {
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === name) yield png.subarray(at + 8, at + 8 + length);
    at += 12 + length;
  }
}
