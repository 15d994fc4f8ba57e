import { describe, expect, it } from 'vitest';
import { properNames } from './proper-names.ts';
import { questionWords } from './question-words.ts';

describe('the telling words of a question', () => {
  it.each([
    ['How long are backups kept?', ['backups', 'kept']],
    ['How often, and how soon, must it be tested?', ['tested']],
    ['How many hosts?', ['hosts']],
    ['Are long passwords kept?', ['long', 'passwords', 'kept']],
    ['Wie lange werden die Datensicherungen aufbewahrt?', ['datensicherungen', 'aufbewahrt']],
    ['Wie viele Server gibt es?', ['server']],
    ['Wann läuft die Frist ab?', ['läuft', 'frist']],
    ['Did the server die?', ['server', 'die']],
  ])('are no measures that are asked for: %s', (question, words) => expect(questionWords(question)).toEqual(words));
});

describe('the proper names of a question', () => {
  it.each([
    ['When was Ryuk first seen?', [['ryuk']]],
    ['What does the Patch Policy say of MOVEit?', [['patch', 'policy'], ['moveit']]],
    ['Who is the CISO of the shop?', []],
    ['Wann wurde Ryuk zuerst gesehen?', []],
    ['Ransomware Is Seen When?', []],
    ['Servers. Are they patched?', []],
  ])('stand behind its first word: %s', (question, names) => expect(properNames(question)).toEqual(names));
});
