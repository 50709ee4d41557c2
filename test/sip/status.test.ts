import { expect, it } from 'vitest';
import { STATUS_NAMES, statusClass, statusName } from '../../src/sip/status.ts';

it.each([
  [100, 'Trying', 'Provisional'],
  [199, 'Early Dialog Terminated', 'Provisional'],
  [200, 'OK', 'Success'],
  [302, 'Moved Temporarily', 'Redirection'],
  [487, 'Request Terminated', 'Client Error'],
  [504, 'Server Time-out', 'Server Error'],
  [608, 'Rejected', 'Global Failure'],
  [599, '', 'Server Error'],
  [999, '', ''],
])('%i %s', (code, name, kind) => {
  expect([statusName(code), statusClass(code)]).toEqual([name, kind]);
});

it('is in order and within the classes', () => {
  const codes = [...STATUS_NAMES.keys()];
  expect(codes).toEqual([...codes].sort((a, b) => a - b));
  expect(codes.every((code) => code >= 100 && code <= 699)).toBe(true);
});
