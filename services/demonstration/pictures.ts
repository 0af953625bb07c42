// Pictures of the demonstration: simple drawn scenes, before and after rectification.

const [WIDTH, HEIGHT] = [1200, 900];

const room = (
  floor: string,
  wall: string,
): string => `<rect width="${WIDTH}" height="${HEIGHT}" fill="${wall}"/><rect y="560" width="${WIDTH}" height="340" fill="${floor}"/>
  <path d="M0 560H${WIDTH}" stroke="#6c756f" stroke-width="4"/>
<rect x="90" y="90" width="200" height="150" fill="#dfe6e3" stroke="#9aa39d" stroke-width="6"/>`;
const drum = (
  x: number,
  y: number,
  colour: string,
  label: boolean,
): string => `<ellipse cx="${x + 80}" cy="${y}" rx="80" ry="22" fill="${colour}"/>
<rect x="${x}" y="${y}" width="160" height="230" fill="${colour}"/>
  <ellipse cx="${x + 80}" cy="${y + 230}" rx="80" ry="22" fill="#20272a" opacity=".35"/>
<path d="M${x} ${y + 80}h160M${x} ${y + 150}h160" stroke="#20272a" stroke-width="5" opacity=".4"/>
  ${
    label
      ? `<rect x="${x + 42}" y="${y + 88}" width="76" height="92" fill="#e98a2b"/>
<rect x="${x + 52}" y="${y + 104}" width="56" height="46" fill="#fff"/>`
      : ''
  }`;
const puddle = `<ellipse cx="560" cy="800" rx="330" ry="62" fill="#3d3a34" opacity=".75"/>`;
const tray = `<path d="M230 770h700l60 70H170z" fill="#d9b42b" stroke="#8a5300" stroke-width="6"/>`;
const duct = (broken: boolean): string =>
  `<rect x="420" y="110" width="360" height="150" fill="#9aa7b0" stroke="#5b666d" stroke-width="8"/>
<path d="M600 260v260" stroke="#7d8a92" stroke-width="70"/>
${
  broken
    ? `<path d="M560 360l90 50-70 40" stroke="#b02a1c" stroke-width="10" fill="none"/>
<path d="M660 380q90-70 150 10t130-30" stroke="#b9b3a2" stroke-width="26" fill="none" opacity=".8"/>`
    : ''
}`;
const board = (filled: boolean): string =>
  `<rect x="420" y="170" width="380" height="250" fill="#fff" stroke="#1b5e46" stroke-width="8"/>
${filled ? [0, 1, 2, 3].map((i) => `<path d="M460 ${230 + i * 46}h300" stroke="#4a544f" stroke-width="9"/>`).join('') : ''}`;
const drain = (dirty: boolean): string =>
  `<rect x="460" y="640" width="300" height="130" fill="#4a544f"/>
${[0, 1, 2, 3, 4].map((i) => `<path d="M${490 + i * 60} 650v110" stroke="#cfd5ce" stroke-width="12"/>`).join('')}
${dirty ? '<path d="M180 870q200-150 330-110t420-40" stroke="#6b5a2e" stroke-width="60" fill="none" opacity=".7"/>' : ''}`;

/** Scenes by finding category: what it looked like, and what it looks like afterwards. */
const SCENES: Readonly<Record<string, readonly [string, string]>> = {
  hazardous_waste: [
    puddle + drum(260, 530, '#2d63a8', false) + drum(500, 500, '#3f79bd', false) + drum(740, 540, '#7b858a', false),
    tray + drum(260, 530, '#2d63a8', true) + drum(500, 530, '#3f79bd', true) + drum(740, 530, '#2d63a8', true),
  ],
  exhaust: [duct(true), duct(false)],
  facility_operation: [duct(true) + board(false), duct(false) + board(true)],
  wastewater: [drain(true), drain(false)],
  outlet_marking: [duct(false) + board(false), duct(false) + board(true)],
  default: [board(false), board(true)],
};

/** Category whose scene stands for a finding category. */
export const sceneOf = (category: string): string => (category in SCENES ? category : 'default');

/** All scenes as JPEG, by `category/before` and `category/after`. */
export async function drawScenes(): Promise<Map<string, Uint8Array>> {
  // Loaded for the demonstration only: this is the main thread.
  const { default: sharp } = await import('sharp');
  const pictures = new Map<string, Uint8Array>();
  for (const [category, scenes] of Object.entries(SCENES)) {
    for (const [i, when] of (['before', 'after'] as const).entries()) {
      const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}">
${room(i === 0 ? '#8d8f88' : '#6f9c86', '#b9c6bf')}${scenes[i] ?? ''}</svg>`;
      pictures.set(`${category}/${when}`, await sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer());
    }
  }
  return pictures;
}
