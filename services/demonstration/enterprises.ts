// The enterprises of the demonstration town with their papers, labels and contacts.
import { carRepairBlock, cateringBlock, laboratoryBlock } from '../../domain/enterprises/blocks.ts';
import {
  contact,
  enterprise,
  formerName,
  keyListEntry,
  label,
  product,
  enterpriseTeam,
  sectionCheck,
  statusHistory,
} from '../../domain/enterprises/entities.ts';
import { FORMER_STATUS, type OPERATING_STATUSES } from '../../domain/enterprises/vocabulary.ts';
import { acceptance, eiaProject, emergencyPlan, hazWasteProfile, permit } from '../../domain/formalities/entities.ts';
import { creditCodeCheckCharacter } from '../../domain/values/credit-code.ts';
import { addDays, addYears } from '../../domain/values/day.ts';
import type { Writer } from '../../db/index.ts';
import { completenessOf } from '../derived/index.ts';
import { insertEnterprise } from '../enterprises/index.ts';
import type { Town } from './territory.ts';
import type { Dice } from './random.ts';
import { madeUpMobile, personName, type Business, type KindRecipe, type Recipe } from './recipe.ts';

/** States that others than 在产 come before. */
const BEFORE: Readonly<Record<string, (typeof OPERATING_STATUSES.ids)[number]>> = {
  under_construction: 'unknown',
  trial: 'under_construction',
};

/** The grade of risk that an enterprise came down from. */
const WORSE: Readonly<Record<string, 'critical' | 'serious' | 'ordinary'>> = {
  serious: 'critical',
  ordinary: 'serious',
  slight: 'ordinary',
};

/** What the inspections need to know of an enterprise. */
export interface DemoEnterprise {
  id: string;
  name: string;
  kind: string;
  villageId: string | null;
  person: string;
  status: string;
  staffId: string;
}

interface Making {
  tx: Writer;
  recipe: Recipe;
  dice: Dice;
  town: Town;
  today: string;
  used: Set<string>;
  serial: number;
}

const CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** A valid made-up code of a division that does not exist (310199). */
function creditCode(m: Making, individual: boolean): string {
  m.serial += 1;
  let rest = m.serial * 7919;
  let tail = '';
  for (let i = 0; i < 6; i += 1) {
    tail = (CODE_ALPHABET[rest % 31] ?? '0') + tail;
    rest = Math.floor(rest / 31);
  }
  const first = `${individual ? '92' : '91'}${m.recipe.adminCode}MA1${tail}`;
  return first + creditCodeCheckCharacter(first);
}

function nameOf(m: Making, kind: KindRecipe, business: Business): { name: string; short: string; individual: boolean } {
  const { dice, recipe } = m;
  const individual = dice.chance(kind.individual);
  for (;;) {
    const trade = dice.pick([...recipe.tradeFirst]) + dice.pick([...recipe.tradeSecond]);
    const name = individual
      ? `${recipe.town}${trade}${business.word}${business.word.endsWith('店') || business.word.endsWith('馆') ? '' : '部'}`
      : `上海${trade}${business.word}有限公司`;
    if (!m.used.has(name)) {
      m.used.add(name);
      return { name, short: trade, individual };
    }
  }
}

const STATUS_WEIGHTS = {
  operating: 880,
  suspended: 40,
  closed: 22,
  relocated: 18,
  relocating: 12,
  under_construction: 10,
  trial: 8,
  not_found: 6,
  unknown: 4,
} as const;

async function papers(
  m: Making,
  enterpriseId: string,
  kindName: string,
  business: Business,
  code: string,
): Promise<void> {
  const { tx, dice, today } = m;
  const formal = ['industrial', 'car_repair', 'laboratory', 'medical', 'gas_station_tank', 'waste_recycling'].includes(
    kindName,
  );
  if (!formal && dice.chance(0.6)) {
    await tx.insert(permit, { enterpriseId, managementClass: 'not_required' });
    return;
  }
  const year = 2012 + dice.int(0, 11);
  const approved = `${year}-${String(dice.int(1, 12)).padStart(2, '0')}-${String(dice.int(1, 28)).padStart(2, '0')}`;
  const documentKind = dice.weighted({ report_form: 60, registration_form: 28, report_book: 4, exempt: 5, missing: 3 });
  const eia = await tx.insert(eiaProject, {
    enterpriseId,
    projectName: `${business.product ?? business.word}项目`,
    documentKind,
    nature: 'new',
    ...(documentKind === 'report_form' || documentKind === 'report_book'
      ? {
          approvalNo: `沪示环保许评〔${year}〕${dice.int(10, 480)}号`,
          approvalDate: approved,
          approvalDatePrecision: 'day' as const,
        }
      : {}),
  });
  if (documentKind !== 'missing' && dice.chance(0.7))
    await tx.insert(acceptance, {
      enterpriseId,
      eiaProjectId: eia.id,
      kind: year >= 2017 ? 'self' : 'authority_solid_noise_legacy',
      opinionDate: addDays(approved, dice.int(200, 500)),
      opinionDatePrecision: 'day',
      passed: 'yes',
    });
  const managementClass = dice.weighted({ registration: 86, simplified: 8, key: 2, missing: 4 });
  const validTo = addDays(today, dice.chance(0.035) ? dice.int(-30, 90) : dice.int(160, 1700));
  await tx.insert(
    permit,
    managementClass === 'missing'
      ? { enterpriseId, managementClass }
      : {
          enterpriseId,
          managementClass,
          number: code ? `${code}001${managementClass === 'registration' ? 'W' : 'P'}` : null,
          validFrom: addYears(validTo, -5),
          validTo,
          issueDate: addYears(validTo, -5),
          ledgerKept: dice.chance(0.8) ? 'yes' : 'unknown',
        },
  );
  if (kindName === 'industrial' && dice.chance(0.25)) {
    const filingDate = addDays(today, -dice.int(60, 1020));
    await tx.insert(emergencyPlan, {
      enterpriseId,
      required: 'yes',
      riskGrade: dice.weighted({ general: 85, larger: 13, major: 2 }),
      filingNo: `310199-${filingDate.slice(0, 4)}-${String(dice.int(1, 300)).padStart(3, '0')}-L`,
      filingDate,
      signedDate: addDays(filingDate, -12),
    });
  }
  if (business.waste)
    await tx.insert(hazWasteProfile, {
      enterpriseId,
      generates: 'yes',
      managementClass: dice.weighted({ registration: 80, simplified: 16, key: 4 }),
      codes: business.waste,
      yearlyAmount: `${dice.int(1, 90) / 10}`,
      disposalUnit: '上海清环固废处置有限公司',
      contractEnd: addDays(today, dice.chance(0.04) ? dice.int(-20, 80) : dice.int(100, 700)),
    });
}

async function extras(m: Making, enterpriseId: string, kindName: string): Promise<void> {
  const { tx, dice, today } = m;
  if (kindName === 'car_repair')
    await tx.insert(carRepairBlock, {
      enterpriseId,
      repairClass: dice.pick(['first', 'second', 'third']),
      sprayBooths: dice.int(0, 3),
      paintType: dice.pick(['water', 'solvent', 'both']),
      wasteOilContract: dice.chance(0.8) ? 'yes' : 'no',
      carbonReplacedDate: addDays(today, -dice.int(20, 300)),
    });
  if (kindName === 'catering')
    await tx.insert(cateringBlock, {
      enterpriseId,
      diningArea: String(dice.int(30, 600)),
      stoves: dice.int(1, 8),
      seats: dice.int(10, 200),
      purifierCleanedDate: addDays(today, -dice.int(10, 150)),
      greaseSeparator: dice.chance(0.7) ? 'yes' : 'no',
      kitchenWasteContract: dice.chance(0.85) ? 'yes' : 'unknown',
    });
  if (kindName === 'laboratory' || kindName === 'medical')
    await tx.insert(laboratoryBlock, {
      enterpriseId,
      biosafetyLevel: dice.pick(['BSL1', 'BSL2', 'none']),
      autoclave: 'yes',
      fumeHoods: dice.int(1, 20),
    });
}

async function makeOne(m: Making, kindName: string, kind: KindRecipe): Promise<DemoEnterprise> {
  const { tx, recipe, dice, town, today } = m;
  const business = dice.pick(kind.businesses);
  const { name, short, individual } = nameOf(m, kind, business);
  const code = kind.legal || dice.chance(0.9) ? creditCode(m, individual) : null;
  const inPark = kind.park ? dice.chance(0.7) : dice.chance(0.06);
  const village = dice.pick(town.villages);
  const status = dice.weighted(STATUS_WEIGHTS);
  const person = personName(recipe, dice);
  const keeper = dice.pick(town.inspectors);
  const founded = `${2000 + dice.int(0, 22)}-${String(dice.int(1, 12)).padStart(2, '0')}-01`;
  const full = dice.chance(0.72);
  const filed = addDays(today, -dice.int(20, 700));
  const row = await insertEnterprise(
    tx,
    {
      name,
      creditCode: code,
      creditCodeMissingReason: code ? null : 'individual_without_code',
      objectKind: kindName,
      industryCode: business.code,
      industryName: business.industry,
      subIndustry: business.sub ?? null,
      operatingStatus: status,
      ...(individual && { signName: `${short}${business.sign ?? business.word}` }),
      ...(!individual && dice.chance(0.3) && { shortName: short }),
      scale: individual ? 'micro' : dice.weighted({ small: 70, micro: 20, medium: 9, large: 1 }),
      townId: town.townId,
      villageId: inPark ? null : village.id,
      parkId: inPark ? town.parkId : null,
      address: `${recipe.town}${dice.pick(recipe.roads)}${dice.int(1, 1988)}号${dice.chance(0.3) ? `${dice.int(1, 9)}幢` : ''}`,
      legalRep: full ? person : null,
      employees: full ? dice.int(2, individual ? 12 : 240) : null,
      foundedDate: founded,
      foundedDatePrecision: 'month',
      premisesKind: dice.pick(['leased', 'owned', 'leased']),
      landClass: inPark ? 'c104' : m.serial % 3 === 0 ? 'c198' : 'c195',
      lessorKind: inPark ? 'enterprise' : m.serial % 2 === 0 ? 'village_collective' : 'individual',
      lifecycleStage: status === 'under_construction' ? 'build' : status === 'closed' ? 'exit' : 'operation',
      responsibleStaffId: keeper.id,
      organisationId: town.organisationId || null,
      isModelEnterprise: dice.chance(0.006),
      isFactoryInFactory: dice.chance(0.008),
      longitude: (121.2 + dice.int(0, 900) / 10_000).toFixed(4),
      latitude: (31.1 + dice.int(0, 700) / 10_000).toFixed(4),
      coordinateSystem: 'wgs84',
    },
    filed,
    'visit',
  );
  if (status !== 'operating' && status !== 'unknown') {
    const changed = row.operatingStatusDate ?? today;
    const former = BEFORE[status] ?? 'operating';
    if (former !== 'unknown')
      await tx.insert(statusHistory, {
        enterpriseId: row.id,
        status: former,
        date: addDays(changed, -400),
        note: FORMER_STATUS,
      });
    await tx.insert(statusHistory, { enterpriseId: row.id, status, date: changed, basis: 'visit' });
  }
  await tx.insert(contact, {
    enterpriseId: row.id,
    name: person,
    post: full ? 'env_manager' : 'other',
    mobile: madeUpMobile(dice),
    isPrimary: true,
    verifiedDate: addDays(today, -dice.int(5, 500)),
  });
  if (!individual && dice.chance(0.08))
    await tx.insert(formerName, {
      enterpriseId: row.id,
      name: `上海${short}${business.word}厂`,
      until: [addDays(founded, 2200), addDays(today, -30)].sort()[0] ?? today,
    });
  if (business.product && dice.chance(0.8))
    await tx.insert(product, {
      enterpriseId: row.id,
      name: business.product,
      designedCapacity: String(dice.int(5, 400) * 10),
      unit: business.unit ?? 't',
    });
  await papers(m, row.id, kindName, business, code ?? '');
  await extras(m, row.id, kindName);
  const risk = dice.weighted({ critical: 3, serious: 12, ordinary: 50, slight: 35 });
  if (dice.chance(0.9)) {
    const days = dice.int(40, 320);
    const assessed = { enterpriseId: row.id, system: 'overall_risk', assessor: keeper.name } as const;
    await tx.insert(label, {
      ...assessed,
      value: risk,
      assessedDate: addDays(today, -days),
      basis: '按风险因素表评定',
    });
    // Every seventh day of assessments had another grade the year before.
    const former = WORSE[risk];
    if (former && days % 7 === 0)
      await tx.insert(label, { ...assessed, value: former, assessedDate: addDays(today, -days - 365) });
  }
  if (business.waste && dice.chance(0.6))
    await tx.insert(label, {
      enterpriseId: row.id,
      system: 'media_risk',
      medium: 'hazardous_waste',
      value: dice.pick(['high', 'medium', 'low']),
      assessedDate: addDays(today, -dice.int(40, 320)),
      assessor: keeper.name,
    });
  if (business.air && dice.chance(0.6))
    await tx.insert(label, {
      enterpriseId: row.id,
      system: 'media_risk',
      medium: 'air',
      value: dice.pick(['high', 'medium', 'low']),
      assessedDate: addDays(today, -dice.int(40, 320)),
      assessor: keeper.name,
    });
  if (kindName === 'industrial' && dice.chance(0.03)) {
    await tx.insert(keyListEntry, { enterpriseId: row.id, list: 'key_polluter', year: Number(today.slice(0, 4)) });
    await tx.setMembers(
      enterpriseTeam,
      row.id,
      town.inspectors.slice(0, 2).map((person) => person.id),
    );
  }
  if (dice.chance(0.8))
    await tx.insert(sectionCheck, {
      enterpriseId: row.id,
      section: 'basic',
      date: addDays(today, -dice.int(3, 420)),
      source: '现场检查',
      changed: dice.chance(0.2),
    });
  if ((await completenessOf(tx.read, row.id))?.missing.length === 0)
    await tx.derive(enterprise, row.id, { fileEstablishedDate: filed });
  return {
    id: row.id,
    name,
    kind: kindName,
    villageId: inPark ? null : village.id,
    person,
    status,
    staffId: keeper.id,
  };
}

/** One with a name for its site, and one whose licence shows a code that breaks the check rule: a person has confirmed it. */
async function singleOut({ tx, today, town }: Making, made: readonly DemoEnterprise[]): Promise<void> {
  const [site, odd] = made.filter((one) => one.kind === 'industrial');
  if (site) await tx.update(enterprise, site.id, { siteName: '一厂区' });
  const row = odd ? await tx.read.get(enterprise, odd.id) : null;
  if (!odd || !row?.creditCode) return;
  const last = row.creditCode.endsWith('A') ? 'B' : 'A';
  await tx.update(enterprise, row.id, {
    creditCode: row.creditCode.slice(0, 17) + last,
    creditCodeConfirmedFrom: '营业执照副本',
    creditCodeConfirmedBy: town.inspectors.find((one) => one.id === odd.staffId)?.name ?? null,
    creditCodeConfirmedDate: addDays(today, -30),
  });
}

/** Writes all enterprises. `step` is called after each, and may throw to stop. */
export async function writeEnterprises(
  tx: Writer,
  recipe: Recipe,
  dice: Dice,
  town: Town,
  today: string,
  step: () => void,
): Promise<DemoEnterprise[]> {
  const m: Making = { tx, recipe, dice, town, today, used: new Set(), serial: 100 };
  const made: DemoEnterprise[] = [];
  for (const [kindName, kind] of Object.entries(recipe.kinds)) {
    for (let i = 0; i < kind.count; i += 1) {
      made.push(await makeOne(m, kindName, kind));
      step();
      await tx.breathe();
    }
  }
  await singleOut(m, made);
  return made;
}
