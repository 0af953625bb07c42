// Words of dated catalogues: what they class, and into which classes.
import { vocabulary } from '../dictionary/vocabulary.ts';

/** What a catalogue decides. */
export const CATALOGUE_SUBJECTS = vocabulary({ permit: '排污许可', eia: '环评' });

/** Classes of a permit, then those of an environment impact assessment. */
const CLASSES = {
  key: '重点管理',
  simplified: '简化管理',
  registration: '登记管理',
  not_required: '无需办理',
  report_book: '报告书',
  report_form: '报告表',
  registration_form: '登记表',
  exempt: '不纳入/豁免',
} as const;

/** The class that an entry gives. */
export const CATALOGUE_CLASSES = vocabulary(CLASSES, {
  key: '重点',
  simplified: '简化',
  registration: '登记',
  not_required: '无需 豁免登记',
  report_book: '书 环境影响报告书',
  report_form: '表 环境影响报告表',
  registration_form: '环评登记表 环境影响登记表',
  exempt: '豁免 不纳入 不纳入环评管理 无需环评',
});

/** Classes that a catalogue of a subject may give. */
export const CLASSES_OF: Readonly<Record<string, readonly (keyof typeof CLASSES)[]>> = {
  permit: ['key', 'simplified', 'registration', 'not_required'],
  eia: ['report_book', 'report_form', 'registration_form', 'exempt'],
};

/** What a catalogue says of an enterprise. */
export const CATALOGUE_RESULTS = vocabulary({ ...CLASSES, undecided: '待定', not_listed: '未列入' });

/** Whether a new edition says something else than the one before. */
export const EDITION_CHANGES = vocabulary({ changed: '类别变了', same: '没有变', open: '待定', first: '没有前一版' });

/** Whether the papers on file are of the class. */
export const HELD_STANDINGS = vocabulary({ agrees: '一致', differs: '不一致', open: '待定' });

/** Whether the total amount of a project is exempt. */
export const EXEMPTIONS = vocabulary({ exempt: '豁免', needed: '不豁免', unjudged: '未判定' });
