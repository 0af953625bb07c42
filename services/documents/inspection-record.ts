// Data of 环保管家服务巡查记录; how it is printed says domain/visits/paper.ts.
import { inAct } from '../../domain/projects/act.ts';
import type { PhotoRef } from '../../domain/reports/figures.ts';
import { inspectionRecordPaper } from '../../domain/visits/paper.ts';
import { classOnPaper, deadlineOnPaper } from './rectification-notice.ts';
import { makePaper, type PaperOptions } from './paper.ts';

/** An answered item; `result` in Chinese: 符合, 部分符合, 不符合, 不适用 or 未检查. */
export interface RecordItem {
  readonly text: string;
  readonly result: string;
  readonly remark: string | null;
}

/** What a record prints: plain JSON; labels in Chinese, days `YYYY-MM-DD`. */
export interface InspectionRecordData {
  /** 环保管家服务巡查记录, or what was noted beside officers. */
  readonly name?: string;
  /** The project's word for a visit. */
  readonly act?: string;
  readonly no: string | null;
  readonly round: string | null;
  readonly date: string | null;
  /** 09:30-11:20 */
  readonly time: string | null;
  readonly orgName: string;
  readonly enterprise: {
    readonly name: string;
    readonly creditCode: string | null;
    readonly address: string | null;
    readonly objectKind: string | null;
    readonly industry: string | null;
    readonly operatingStatus: string | null;
    readonly contact: string | null;
    readonly phone: string | null;
    readonly permitClass: string | null;
    readonly permitNo: string | null;
    readonly permitEnd: string | null;
    readonly eia: string | null;
    readonly acceptance: string | null;
  };
  readonly accompanying: readonly string[];
  /** Where they signed in, in words. */
  readonly checkin?: string | null;
  /** Whether and how the enterprise agreed to the service, in words. */
  readonly consent?: string | null;
  /** Whose inspection was assisted; nothing for a service. */
  readonly assist?: {
    readonly units: string | null;
    readonly codes: string | null;
    readonly officers: readonly {
      readonly name: string;
      readonly unit: string;
      readonly certificateNo: string | null;
    }[];
  } | null;
  /** Checklists with their versions. */
  readonly checklists?: readonly string[];
  /** Papers of the project by which it was done, with their versions. */
  readonly basis?: readonly string[];
  /** When the opening talk began, who was there, what was explained. */
  readonly opening?: {
    readonly at: string | null;
    readonly attendees: string | null;
    readonly points: string | null;
  } | null;
  readonly openingTalk?: string | null;
  /** All purposes that exist, and whether this visit has them. */
  readonly purposes: readonly { readonly label: string; readonly checked: boolean }[];
  readonly aspects: readonly { readonly title: string; readonly items: readonly RecordItem[] }[];
  /** Key quantities with their unit: production load, stock of hazardous waste, running of facilities. */
  readonly quantities: readonly { readonly label: string; readonly value: string | null; readonly blank?: boolean }[];
  readonly findings: readonly {
    readonly no: string;
    readonly description: string;
    readonly handlingClass: string;
    readonly deadline: string | null;
    /** Who was told on site, when, and what was answered. */
    readonly told?: string | null;
  }[];
  readonly previous: readonly { readonly no: string; readonly description: string; readonly result: string | null }[];
  readonly guidance: string | null;
  readonly photos: readonly PhotoRef[];
  readonly enterpriseOpinion: string | null;
  readonly inspectors: readonly string[];
  readonly villageOfficer?: string | null;
  readonly refusedSign?: { readonly reason: string | null } | null;
  /** The enterprise's representative who signed; the image where it was signed on screen. */
  readonly signer?: {
    readonly name: string | null;
    readonly post: string | null;
    readonly phone?: string | null;
    readonly date: string | null;
    readonly signature?: PhotoRef | null;
  };
}

const RECORD_NAME = '环保管家服务巡查记录';

/** The record as a Word document. */
export async function inspectionRecord(data: InspectionRecordData, options: PaperOptions = {}): Promise<Uint8Array> {
  const findings = data.findings.map((one) => ({
    ...one,
    handlingClass: classOnPaper(one.handlingClass),
    deadline: deadlineOnPaper(one.handlingClass, one.deadline),
  }));
  return await makePaper(inspectionRecordPaper, { name: inAct(RECORD_NAME, data.act), ...data, findings }, options);
}
