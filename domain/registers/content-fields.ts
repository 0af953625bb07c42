// Fields that the content names: where the dictionary keeps each, under the same name or one of its own.
import { lookup } from '../values/lookup.ts';

/** A field of the content that says `proposed`: the project takes it, or says why not (content/README). */
export interface ContentField {
  /** `Entity.field` as the content writes it. */
  readonly id: string;
  readonly state: string;
}

/** A field of the content that is not taken, and why. */
export interface NotTaken {
  readonly id: string;
  readonly reason: string;
}

/** Fields under names of their own, as `kind.field`. */
const KEPT_AS: Readonly<Record<string, string>> = lookup({
  'Enterprise.coordSystem': 'enterprise.coordinateSystem',
  'Enterprise.envDept': 'enterprise.envDepartment',
  'TreatmentFacility.pollutant': 'treatmentFacility.pollutants',
  'TreatmentFacility.maintainDate': 'treatmentFacility.lastMaintainedDate',
  'WasteStream.permitAmount': 'wasteStream.approvedAmount',
  'CateringInfo.grease': 'cateringBlock.greaseSeparator',
  'CateringInfo.area': 'cateringBlock.businessArea',
  'CarRepairInfo.booths': 'carRepairBlock.sprayBooths',
  'CarRepairInfo.paintKind': 'carRepairBlock.paintType',
  'ConstructionSite.nightPermit': 'constructionSiteBlock.nightWorkLicence',
  'AutoMonitor.installed': 'outlet.autoMonitored',
  'DrainLicence.validTo': 'otherLicence.validTo',
  'RadiationLicence.validTo': 'otherLicence.validTo',
  'Complaint.surveyText': 'complaint.surveyNote',
  'Complaint.expertStaff': 'complaint.expertStaffId',
  'Finding.enterpriseName': 'finding.enterpriseId',
  'Finding.helpPlanOwner': 'finding.helpPlan',
  'Training.content': 'training.topic',
  'EiaProject.investment': 'eiaProject.totalInvestment',
  'ServiceProject.clientName': 'serviceProject.clientId',
});

const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/**
 * Where the dictionary would keep a field of the content: its own name for it, else the same name in the kind of that name, or in the
 * block of it (`CateringInfo` is the block of catering). As `kind.field`; which of them is there the caller says.
 */
export function placesOfContentField(id: string): string[] {
  const kept = KEPT_AS[id];
  if (kept) return [kept];
  const [entity = '', field = ''] = id.split('.');
  const kind = lowerFirst(entity);
  return [...new Set([kind, kind.replace(/Info$/, 'Block')])].map((name) => `${name}.${field}`);
}
