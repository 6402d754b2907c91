import type { Page } from '@playwright/test';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { contents } from './contents.ts';
import type { PictureName } from './contents.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

/** The most that all pictures may weigh, in bytes. */
const mostBytes = 6_000_000;

const schemes = ['light', 'dark'] as const;
type Scheme = (typeof schemes)[number];

/** The screens: their measures, and how much of a long page is shown. */
const screens = [
  { suffix: '', width: 1200, height: 720, most: 1100 },
  { suffix: '-phone', width: 390, height: 720, most: 1000 },
] as const;

const fileName = (name: string, suffix: string, scheme: Scheme) =>
  `images/${name}${suffix}${scheme === 'dark' ? '-dark' : ''}.webp`;

/**
 * Takes the pictures of a page as it is now: on a desk and on a phone, in light and in dark. A page that is drawn anew when that
 * changes says by `drawn` when it is there again.
 */
export async function take(page: Page, name: PictureName, drawn?: () => Promise<void>): Promise<void> {
  mkdirSync(`${docs}images`, { recursive: true });
  const session = await page.context().newCDPSession(page);
  for (const { suffix, width, height, most } of screens) {
    await page.setViewportSize({ width, height });
    const length = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(Math.max(length, height), most) });
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      await drawn?.();
      // Playwright itself takes PNG and JPEG, which are several times as large.
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 70 });
      writeFileSync(docs + fileName(name, suffix, colorScheme), Buffer.from(data, 'base64'));
    }
  }
  await page.emulateMedia({ colorScheme: null });
  await session.detach();
}

/** Writes the page that shows all pictures; fails when one is missing, when one is too many, and when they weigh too much. */
export function writeContents(): void {
  const shown = new Set<string>();
  const lines = ['# Pictures', '', ...introduction];
  for (const { area, pictures } of contents) {
    lines.push('', `## ${area}`, '', '| light | dark |', '| --- | --- |');
    for (const [name, caption] of pictures) {
      const cells = schemes.map((scheme) => `${caption}<br>${images(name, caption, scheme, shown)}`);
      lines.push(`| ${cells.join(' | ')} |`);
    }
  }
  const kept = readdirSync(`${docs}images`).map((file) => `images/${file}`);
  const missing = [...shown].filter((file) => !existsSync(docs + file));
  const extra = kept.filter((file) => !shown.has(file));
  if (missing.length + extra.length > 0) throw new Error(`missing: ${missing.join(', ')}; not shown: ${extra.join(', ')}`);
  const bytes = kept.reduce((sum, file) => sum + statSync(docs + file).size, 0);
  if (bytes > mostBytes) throw new Error(`all pictures weigh ${bytes} bytes, more than ${mostBytes}`);
  writeFileSync(`${docs}PICTURES.md`, `${lines.join('\n')}\n`);
}

const introduction = [
  'Every page of the app and of the local org, on a desk and on a phone, in light and in dark. `cargo xtask screenshots` takes the',
  'pictures from the running program and writes this page.',
];

function images(name: string, caption: string, scheme: Scheme, shown: Set<string>): string {
  const image = ({ suffix, width }: (typeof screens)[number]) => {
    const file = fileName(name, suffix, scheme);
    shown.add(file);
    const on = suffix === '' ? 'on a desk' : 'on a phone';
    return `<img src="${file}" alt="${caption}, ${on}, ${scheme}" width="${suffix === '' ? 330 : Math.round(width / 3.6)}">`;
  };
  return screens.map(image).join(' ');
}
