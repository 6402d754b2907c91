/** A form of a page, as a browser without a script would send it. */
export class Form {
  readonly action: string;
  readonly fields: Record<string, string> = {};
  readonly #names = new Map<string, string>();

  private constructor(action: string, body: string) {
    this.action = action;
    for (const input of body.match(/<input\b[^>]*>/g) ?? []) {
      const name = attribute(input, 'name');
      const type = attribute(input, 'type') ?? 'text';
      if (!name || type === 'checkbox' || type === 'radio') continue;
      this.fields[name] = attribute(input, 'value') ?? '';
      for (const purpose of attribute(input, 'autocomplete')?.split(' ') ?? []) this.#names.set(purpose, name);
    }
  }

  /** The first form of the page, which its own address or that of its form receives. */
  static first(html: string, url: string): Form {
    const [, attributes, body] = /<form\b([^>]*)>([\s\S]*?)<\/form>/.exec(html) ?? [];
    if (attributes === undefined || body === undefined) throw new Error(`no form at ${url}:\n${html}`);
    return new Form(new URL(attribute(attributes, 'action') ?? '', url).href, body);
  }

  /** Fills the field whose `autocomplete` says that it is for this purpose, if there is one. */
  fill(purpose: string, value: string): void {
    const name = this.#names.get(purpose);
    if (name) this.fields[name] = value;
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return value?.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, named) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return entities[named] ?? entity;
  });
}
