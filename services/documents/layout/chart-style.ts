// Looks that the chart library has no option for: hatched fills, hollow markers, the Chinese font, grid line colour.
import { PackagePart, XmlComponent, type IContext, type IXmlableObject } from 'docx';
import type { ChartRun } from 'docx/charts';

/** What to change in a chart's XML. */
export interface ChartLook {
  /** Font of Chinese text. */
  readonly eastAsia: string;
  /** Bars of this colour become a hatch of it with an outline. */
  readonly hatched: string;
  /** Markers of this colour are filled white. */
  readonly hollow: string;
}

/**
 * Makes a chart write itself in this look. The chart's XML is a package part whose content is asked for once, when
 * the document is packed; its answer is changed there, so that cached values and the workbook stay the library's.
 * @throws when the chart has no such part, that is when the library writes charts in another way
 */
export function restyleChart(chart: ChartRun, look: ChartLook): void {
  const part = findChartPart(chart, new Set());
  if (!part || !(part.options.content instanceof XmlComponent))
    throw new Error('chart part not found in the chart run');
  const content = part.options.content;
  const write = content.prepForXml.bind(content);
  content.prepForXml = (context: IContext): IXmlableObject | undefined => {
    const xml = write(context);
    return xml === undefined ? undefined : (restyle(xml, look, []) as IXmlableObject);
  };
}

function findChartPart(node: unknown, seen: Set<unknown>): PackagePart | null {
  if (typeof node !== 'object' || node === null || seen.has(node)) return null;
  seen.add(node);
  if (node instanceof PackagePart) return node.options.folder === 'charts' ? node : null;
  for (const value of Object.values(node)) {
    const found = findChartPart(value, seen);
    if (found) return found;
  }
  return null;
}

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const solid = (color: string): Node => ({ 'a:solidFill': [{ 'a:srgbClr': { _attr: { val: color } } }] });

/** Copies the written XML (objects of `{name: children}` and `{_attr}`) with the look put on. */
function restyle(value: unknown, look: ChartLook, path: readonly string[]): unknown {
  if (Array.isArray(value)) {
    const children = path.at(-1) === 'c:spPr' ? shapeProperties(value, look, path) : value;
    return children.map((child) => restyle(child, look, path));
  }
  if (!isNode(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, content]) => {
      if (name === 'a:ea') return [name, { _attr: { typeface: look.eastAsia } }];
      if (name === 'c:lang') return [name, { _attr: { val: 'zh-CN' } }];
      if (name === 'a:endParaRPr' || name === 'a:rPr') return [name, { _attr: { lang: 'zh-CN' } }];
      return [name, restyle(content, look, [...path, name])];
    }),
  );
}

function shapeProperties(children: readonly unknown[], look: ChartLook, path: readonly string[]): readonly unknown[] {
  const owner = path.at(-2);
  const fill = fillColor(children[0]);
  if (owner === 'c:ser' && fill === look.hatched) {
    const hatch = {
      'a:pattFill': [
        { _attr: { prst: 'wdUpDiag' } },
        { 'a:fgClr': [{ 'a:srgbClr': { _attr: { val: look.hatched } } }] },
        { 'a:bgClr': [{ 'a:srgbClr': { _attr: { val: 'FFFFFF' } } }] },
      ],
    };
    return [hatch, { 'a:ln': [{ _attr: { w: 9525 } }, solid(look.hatched)] }, ...children.slice(2)];
  }
  if (owner === 'c:marker' && fill === look.hollow) return [solid('FFFFFF'), ...children.slice(1)];
  if (owner === 'c:majorGridlines')
    return [{ 'a:ln': [{ _attr: { w: 9525 } }, solid('E3E6E1')] }, ...children.slice(1)];
  return children;
}

/** The colour of a solid fill, or null. */
function fillColor(node: unknown): string | null {
  if (!isNode(node) || !Array.isArray(node['a:solidFill'])) return null;
  const color: unknown = node['a:solidFill'][0];
  const attributes = isNode(color) && isNode(color['a:srgbClr']) ? color['a:srgbClr']['_attr'] : null;
  return isNode(attributes) && typeof attributes['val'] === 'string' ? attributes['val'].toUpperCase() : null;
}
