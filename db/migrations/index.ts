// Migrations, listed by hand in order; each is a frozen step that is never edited after its release.
import type { MigrationInterface } from 'typeorm';
import { FirstStore1764000000000 } from './1000-first-store.ts';
import { OperationTime1794900000000 } from './1050-operation-time.ts';
import { AttachmentThumbnails1795000000000 } from './1100-attachment-thumbnails.ts';
import { AdoptedSeals1795000001000 } from './1200-adopted-seals.ts';
import { SavedViews1795996832245 } from './1300-saved-views.ts';
import { Drills1795998521553 } from './1400-drills.ts';
import { ListsIndexes1795998799624 } from './1500-lists-indexes.ts';
import { Complaints1796001283438 } from './1600-complaints.ts';
import { PackageViews1796002000000 } from './1700-package-views.ts';
import { ImportRuns1796013448260 } from './1800-import-runs.ts';
import { TodaySnoozes1796013852446 } from './1900-today-snoozes.ts';
import { ContentOrder1796015934595 } from './2000-content-order.ts';
import { Assignments1796100002100 } from './2100-assignments.ts';
import { PlacesFactsScoring1796100002200 } from './2200-places-facts-scoring.ts';
import { ReportTexts1796100002300 } from './2300-report-texts.ts';
import { ServiceVisits1796100002400 } from './2400-service-visits.ts';
import { TrainingWords1796100002410 } from './2410-training-words.ts';
import { EnterpriseSiteAndCode1796100002500 } from './2500-enterprise-site-and-code.ts';
import { SearchKeys1796100002510 } from './2510-search-keys.ts';
import { LeftOutFiles1796100002600 } from './2600-left-out-files.ts';
import { EnterpriseFile1796100003600 } from './2700-enterprise-file.ts';
import { ChangeView1796100005000 } from './2800-change-view.ts';
import { VisitVerifies1796100004200 } from './2290-visit-verifies.ts';
import { Duties1796100006000 } from './2900-duties.ts';
import { LandAndSheets1796100006100 } from './2910-land-and-sheets.ts';
import { VisitAct1796100006200 } from './2920-visit-act.ts';
import { SupervisionTopics1796100007200 } from './3020-supervision-topics.ts';
import { LayoutMarks1796100007300 } from './3030-layout-marks.ts';
import { ChildStateIndexes1796100008300 } from './3130-child-state-indexes.ts';
import { ImportQuestions1796100009300 } from './3230-import-questions.ts';
import { HintsUnseen1796100010300 } from './3330-hints-unseen.ts';
import { OtherLicences1796100011300 } from './3430-other-licences.ts';
import { WasteUnseenIndex1796110671061 } from './3530-waste-unseen-index.ts';
import { Catalogues1796112655558 } from './3630-catalogues.ts';
import { ScanTray1796115426533 } from './3730-scan-tray.ts';
import { ContentFields1796116195504 } from './3830-content-fields.ts';
import { Opening1796126641623 } from './3930-opening.ts';
import { RepeatRadar1796130528382 } from './4030-repeat-radar.ts';
import { ImportProfiles1796130858831 } from './4130-import-profiles.ts';

/** All migrations in order. */
export const MIGRATIONS: readonly (new () => MigrationInterface)[] = [
  FirstStore1764000000000,
  OperationTime1794900000000,
  AttachmentThumbnails1795000000000,
  AdoptedSeals1795000001000,
  SavedViews1795996832245,
  Drills1795998521553,
  ListsIndexes1795998799624,
  Complaints1796001283438,
  PackageViews1796002000000,
  ImportRuns1796013448260,
  TodaySnoozes1796013852446,
  ContentOrder1796015934595,
  Assignments1796100002100,
  PlacesFactsScoring1796100002200,
  ReportTexts1796100002300,
  ServiceVisits1796100002400,
  TrainingWords1796100002410,
  EnterpriseSiteAndCode1796100002500,
  SearchKeys1796100002510,
  LeftOutFiles1796100002600,
  EnterpriseFile1796100003600,
  VisitVerifies1796100004200,
  ChangeView1796100005000,
  Duties1796100006000,
  LandAndSheets1796100006100,
  VisitAct1796100006200,
  SupervisionTopics1796100007200,
  LayoutMarks1796100007300,
  ChildStateIndexes1796100008300,
  ImportQuestions1796100009300,
  HintsUnseen1796100010300,
  OtherLicences1796100011300,
  WasteUnseenIndex1796110671061,
  Catalogues1796112655558,
  ScanTray1796115426533,
  ContentFields1796116195504,
  Opening1796126641623,
  RepeatRadar1796130528382,
  ImportProfiles1796130858831,
];

/** Names as recorded in the `migration` table. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map((m) => m.name);
