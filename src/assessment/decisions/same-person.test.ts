import { expect, it } from 'vitest';
import { findMixedWord, isSamePerson } from './same-person.ts';

it.each([
  ['ann', 'Ann'],
  ['ann', 'ann_'],
  ['ann', 'аnn'],
  ['soo', 'ѕоо'],
  ['ohno', 'օհոօ'],
  ['Ann Smith', 'Smith, Ann'],
  ['Ann Smith', 'ann.smith'],
  ['Jörg Straße', 'Jörg Strasse'],
  ['José', 'Jose\u0301'],
  ['Ivan', 'lvan'],
  ['Horn', 'Hom'],
  ['ａｎｎ', 'ann'],
  ['a\u200bnn', 'ann'],
])('%j may be %j', (one, other) => {
  expect([isSamePerson(one, other), isSamePerson(other, one)]).toEqual([true, true]);
});

it.each([
  ['ann', 'bob'],
  ['Ann Smith', 'Bob Smith'],
  ['Иван Петров', 'Анна Петрова'],
  ['山田太郎', '山田花子'],
  ['ann', 'anna'],
])('%j is not %j', (one, other) => expect(isSamePerson(one, other)).toBe(false));

it.each([
  ['аnn smith', 'аnn'],
  ['Աnn', 'Աnn'],
  ['Иван Smith', null],
  ['山田タロウ', null],
  ['José Núñez', null],
])('the first word of two alphabets in %j is %j', (name, word) => expect(findMixedWord(name)).toBe(word));
