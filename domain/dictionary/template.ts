// Texts with fields in them: `现场检查：{outcome|进行中}`. A field may be reached through references, and a fallback may hold fields too.

/** A piece of a template: words, or a field with what stands for it where it has no value. */
export type TemplatePart = string | { readonly path: string; readonly fallback: readonly TemplatePart[] };

/** Place of the brace that closes the one at `open`. @throws when there is none */
function closing(template: string, open: number): number {
  let depth = 0;
  for (let at = open; at < template.length; at += 1) {
    if (template[at] === '{') depth += 1;
    else if (template[at] === '}' && --depth === 0) return at;
  }
  throw new Error(`“${template}” has an open brace`);
}

/** The pieces of a template. @throws when a brace is not closed */
export function templateParts(template: string): readonly TemplatePart[] {
  const open = template.indexOf('{');
  if (open < 0) return template ? [template] : [];
  const end = closing(template, open);
  const inside = template.slice(open + 1, end);
  const bar = inside.indexOf('|');
  return [
    ...(open > 0 ? [template.slice(0, open)] : []),
    {
      path: bar < 0 ? inside : inside.slice(0, bar),
      fallback: bar < 0 ? [] : templateParts(inside.slice(bar + 1)),
    },
    ...templateParts(template.slice(end + 1)),
  ];
}

/** Every path that a template names, those of fallbacks too. */
export function templatePaths(template: string): string[] {
  const of = (parts: readonly TemplatePart[]): string[] =>
    parts.flatMap((part) => (typeof part === 'string' ? [] : [part.path, ...of(part.fallback)]));
  return [...new Set(of(templateParts(template)))];
}

/** Fills a template; `words` gives a field's value as people read it, empty for none. Blanks at the ends go. */
export function fillTemplate(template: string, words: (path: string) => string): string {
  const fill = (parts: readonly TemplatePart[]): string =>
    parts.map((part) => (typeof part === 'string' ? part : words(part.path) || fill(part.fallback))).join('');
  return fill(templateParts(template)).trim();
}
