// A signature stays what it was: the hash of a record from before consents were recorded does not change.
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { InspectionRecordData } from '../../services/documents/index.ts';
import { NOT_NOTED } from '../../services/visits/record-words.ts';
import { hashOfAll, signedHash } from '../../services/visits/record.ts';
import { recordData } from '../support/notice-data.ts';

/** The hash as the first release made it. */
function formerHash({ enterprise, previous, photos, ...signed }: InspectionRecordData): string {
  const { signature: _signature, ...signer } = signed.signer ?? { name: null, post: null, date: null };
  const content = { ...signed, name: enterprise.name, signer, photos: photos.length, previous: previous.length };
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

const signer = { name: '张伟', post: '环保负责人', date: '2026-11-18' };
const before = recordData({
  quantities: [],
  enterpriseOpinion: null,
  guidance: null,
  refusedSign: null,
  signer,
});
const { inspectors, signer: _, refusedSign, ...head } = before;
const former = { ...head, inspectors, refusedSign: refusedSign ?? null, signer } as InspectionRecordData;

test('a record that was signed before has the hash it had', () => {
  const now = {
    ...former,
    name: '环保管家服务巡查记录',
    consent: '未登记',
    assist: null,
    checklists: [],
    openingTalk: NOT_NOTED,
    guidance: NOT_NOTED,
    enterpriseOpinion: NOT_NOTED,
    quantities: [{ label: '生产负荷', value: NOT_NOTED }],
    findings: former.findings.map((one) => ({ ...one, told: '张伟' })),
  };
  expect(hashOfAll(now)).toBe(formerHash(former));
});

test('what is noted now is signed for, and a blank for the pen is no other content than 未记录', () => {
  const agreed = {
    ...former,
    consent: '企业同意（张伟）',
    openingTalk: '',
    quantities: [{ label: '负荷', value: '' }],
  };
  const signedFor = signedHash(agreed);
  expect(signedHash({ ...agreed, openingTalk: NOT_NOTED, quantities: [{ label: '负荷', value: NOT_NOTED }] })).toBe(
    signedFor,
  );
  expect(signedHash({ ...agreed, openingTalk: '说明来意' })).not.toBe(signedFor);
  expect(signedHash({ ...agreed, consent: '企业同意（李强）' })).not.toBe(signedFor);
});
