// Contacts of registrations: what a list says, whichever way it was parsed, and which messages repeat one.
import { describe, expect, test } from 'vitest';
import { deltaSeconds, deltaSecondsOf } from '../../src/dialog/delta-seconds.ts';
import { type ContactList, contactListOf } from '../../src/dialog/kept/contact-list.ts';
import { HEADER } from '../../src/sip/header/header-names.ts';
import { parseNameAddr } from '../../src/sip/uri/name-addr.ts';
import { request } from '../sip/request.ts';

const none = { expires: null, q: null };

describe('what is asked for', () => {
  test.each([
    ['<sip:a@h>', { ...none, contact: 'sip:a@h' }],
    [
      '<sip:a@h:5070;transport=tcp>;expires=120',
      { ...none, contact: 'sip:a@h:5070;transport=tcp', expires: 120 },
    ],
    ['<sip:a@h>;Expires=120', { ...none, contact: 'sip:a@h', expires: 120 }],
    ['<sip:a@h> ;expires=120', { ...none, contact: 'sip:a@h', expires: 120 }],
    ['<sip:a@h>;expires="120"', { ...none, contact: 'sip:a@h', expires: 120 }],
    ['<sip:a@h>;expires=99999999999', { ...none, contact: 'sip:a@h' }],
    ['<sip:a@h>;expires=soon', { ...none, contact: 'sip:a@h' }],
    ['<sip:a@h>;q=0.7;expires=60', { contact: 'sip:a@h', expires: 60, q: 0.7 }],
    ['< sip:a@h >', { ...none, contact: 'sip:a@h' }],
    ['"A <a>" <sip:a@h>', { ...none, contact: 'sip:a@h' }],
    ['sip:a@h;expires=60', { ...none, contact: 'sip:a@h', expires: 60 }],
    ['<sip:a@h', { ...none, contact: 'sip:a@h' }],
    ['<sip:jörg@h>;expires=5', { ...none, contact: 'sip:jörg@h', expires: 5 }],
  ])('%s', (value, contact) => {
    expect(list(value).contacts).toEqual([contact]);
    expect(parseNameAddr(value).uri.text).toBe(contact.contact);
  });

  test('several, in one row or more', () => {
    const contacts = ['sip:a@h', 'sip:b@h', 'sip:c@h'].map((contact) => ({ ...none, contact }));
    expect(list('<sip:a@h>, <sip:b@h>', '<sip:c@h>').contacts).toEqual(contacts);
    expect(list('<sip:a@h>, <sip:b@h>, <sip:c@h>').contacts).toEqual(contacts);
  });

  test('all, and none', () => {
    const { values, contacts, isAll } = list('*');
    expect({ values, contacts, isAll }).toEqual({ values: ['*'], contacts: [], isAll: true });
    const nothing = list();
    expect([nothing.values, nothing.contacts, nothing.isAll]).toEqual([[], [], false]);
  });
});

test('the list is the one before only where the octets are the same', () => {
  const before = list('<sip:a@h>;expires=60');
  expect(again(before, '<sip:a@h>;expires=60')).toBe(before);
  expect(again(before, '<sip:a@h>;expires=61').values).toEqual(['<sip:a@h>;expires=61']);
  expect(again(before, '<sip:a@h>;expires=60', '<sip:b@h>').values).toEqual([
    '<sip:a@h>;expires=60',
    '<sip:b@h>',
  ]);
  expect(again(before).values).toEqual([]);
  const two = list('<sip:a@h>', '<sip:b@h>');
  expect(again(two, '<sip:a@h>').values).toEqual(['<sip:a@h>']);
});

test.each([
  ['0', 0],
  ['3600', 3600],
  ['0000000060', 60],
  ['9999999999', 9_999_999_999],
  ['00000000060', null],
  ['', null],
  ['-1', null],
  ['60 ', 60],
  ['6 0', null],
  ['6\r\n 0', null],
  ['60;a', null],
  ['６０', null],
])('Expires: %j', (value, seconds) => {
  const m = request({ method: 'REGISTER', lines: [`Expires: ${value}`] });
  expect(deltaSecondsOf(m, HEADER.Expires)).toBe(seconds);
  expect(deltaSeconds(m.value(HEADER.Expires))).toBe(seconds);
});

test('no Expires', () => {
  expect(deltaSecondsOf(request(), HEADER.Expires)).toBe(null);
  expect(deltaSeconds(undefined)).toBe(null);
});

function list(...rows: string[]): ContactList {
  return again(null, ...rows);
}

function again(before: ContactList | null, ...rows: string[]): ContactList {
  return contactListOf(request({ method: 'REGISTER', lines: rows.map((row) => `Contact: ${row}`) }), before);
}
