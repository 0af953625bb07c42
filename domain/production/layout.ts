// Where things stand on the layout picture (平面布置图) of an enterprise: a point for each outlet, facility, store, place.
import { defineEntity } from '../dictionary/entity.ts';
import { decimal, reference } from '../dictionary/field.ts';
import { enterpriseId, fileFacets, ofEnterprise } from '../enterprises/part.ts';
import { shownPhotos } from '../attachments/shown.ts';
import { compareDecimals, isDecimal } from '../values/decimal.ts';

/** Kind of attachment of an enterprise that a mark stands on. */
export const LAYOUT_PICTURE = 'layout';

/** What a mark may stand for; each row of them once on a picture. */
const POINTS_TO = ['outletId', 'facilityId', 'storageId', 'placeId'] as const;

/** What a mark is called: the number or the name of what it stands for. */
export const MARK_NAME = '{outletId|{facilityId.code|{facilityId|{storageId|{placeId|贮存场所}}}}}';

const isShare = (value: string): boolean =>
  isDecimal(value) && compareDecimals(value, '0') >= 0 && compareDecimals(value, '1') <= 0;

export const layoutMark = defineEntity({
  name: 'layoutMark',
  label: '平面布置图标注',
  ...ofEnterprise,
  once: POINTS_TO.map((field) => ['attachmentId', field] as const),
  facets: fileFacets({
    file: { tab: 'production', order: 11, drawn: true },
    dossier: {
      section: 'production',
      order: 11,
      columns: [
        { path: 'outletId', heading: '标注', text: MARK_NAME, weight: 3 },
        {
          path: 'facilityId',
          heading: '所指',
          text: '{outletId.name|{outletId.medium|{facilityId.processName|{storageId.waste|{placeId.kind}}}}}',
          weight: 4,
        },
        { path: 'attachmentId', heading: '图', text: '{attachmentId.title|{attachmentId.name}}', weight: 4 },
      ],
    },
    attach: null,
    since: 6,
  }),
  fields: {
    enterpriseId,
    attachmentId: reference('attachment', { label: '平面布置图', required: 'F', list: true }),
    x: decimal({ label: '左起', required: 'F', help: '占图宽的份额，0 到 1' }),
    y: decimal({ label: '上起', required: 'F', help: '占图高的份额，0 到 1' }),
    outletId: reference('outlet', { label: '排放口', list: true }),
    facilityId: reference('treatmentFacility', { label: '治理设施', list: true }),
    storageId: reference('wasteStorage', { label: '贮存场所', list: true }),
    placeId: reference('enterprisePlace', { label: '位置', list: true }),
  },
  indexes: [['enterpriseId'], ['attachmentId']],
  checks: [
    {
      code: 'MARK_TARGET',
      field: 'outletId',
      severity: { form: 'error', import: 'error', handoff: 'warn' },
      run: (row) =>
        POINTS_TO.filter((field) => row[field]).length === 1 ? null : '请选一个排放口、治理设施、贮存场所或位置来标注',
    },
    {
      code: 'MARK_OUTSIDE',
      field: 'x',
      severity: { form: 'error', import: 'error', handoff: 'warn' },
      run: ({ x, y }) => (isShare(x) && isShare(y) ? null : '标注要放在图内'),
    },
  ],
});

/** The layout pictures of an enterprise: marked copies take the place of originals, except where marks stand on these. */
export function layoutPictures<
  P extends { readonly id: string; readonly originalId: string | null; readonly kind: string },
>(files: readonly P[], marks: readonly { readonly attachmentId: unknown }[]): P[] {
  const pictures = files.filter((file) => file.kind === LAYOUT_PICTURE);
  const shown = shownPhotos(pictures);
  return pictures.filter((file) => shown.includes(file) || marks.some((mark) => mark.attachmentId === file.id));
}
