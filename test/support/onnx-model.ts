import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Wire types of protocol buffers. */
const VARINT = 0;
const BYTES = 2;

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return Buffer.from([...bytes, rest]);
}

/** A field of a message: a whole number, a text, or a message of its own. */
function field(number: number, value: number | string | Buffer): Buffer {
  if (typeof value === 'number') return Buffer.concat([varint(number * 8 + VARINT), varint(value)]);
  const bytes = Buffer.from(value);
  return Buffer.concat([varint(number * 8 + BYTES), varint(bytes.length), bytes]);
}

const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);

const [FLOAT, INT64] = [1, 7];

function tensorInfo(name: string, type: number, shape: readonly (string | number)[]): Buffer {
  const dimensions = shape.map((size) => field(1, message(field(typeof size === 'string' ? 2 : 1, size))));
  const tensor = message(field(1, type), field(2, message(...dimensions)));
  return message(field(1, name), field(2, message(field(1, tensor))));
}

/** The smallest ONNX model of texts: a token's vector is a row of a table (onnx.proto3: ModelProto, GraphProto, NodeProto, TensorProto). */
function gatherModel(rows: readonly (readonly number[])[]): Buffer {
  const dimensions = rows[0]?.length ?? 0;
  const raw = Buffer.from(Float32Array.from(rows.flat()).buffer);
  const table = message(field(1, rows.length), field(1, dimensions), field(2, FLOAT), field(8, 'table'), field(9, raw));
  const node = message(field(1, 'table'), field(1, 'input_ids'), field(2, 'last_hidden_state'), field(4, 'Gather'));
  const graph = message(
    field(1, node),
    field(2, 'words'),
    field(5, table),
    field(11, tensorInfo('input_ids', INT64, ['batch', 'tokens'])),
    field(12, tensorInfo('last_hidden_state', FLOAT, ['batch', 'tokens', dimensions])),
  );
  const opset = message(field(1, ''), field(2, 13));
  return message(field(1, 8), field(7, graph), field(8, opset));
}

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const;

/** Writes a model's folder as model hubs have it: words of a vocabulary, each with its vector; what is special, or no such word, counts little. */
export function writeOnnxModel(folder: string, vectors: Readonly<Record<string, readonly number[]>>): void {
  const dimensions = Object.values(vectors)[0]?.length ?? 0;
  const little = Array.from({ length: dimensions }, () => 0.01);
  const vocabulary = Object.fromEntries([...SPECIAL, ...Object.keys(vectors)].map((word, id) => [word, id]));
  const write = (name: string, value: object) => writeFileSync(join(folder, name), JSON.stringify(value));
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  writeFileSync(
    join(folder, 'onnx/model.onnx'),
    gatherModel([...SPECIAL.map(() => little), ...Object.values(vectors)]),
  );
  write('config.json', { model_type: 'bert', hidden_size: dimensions, vocab_size: Object.keys(vocabulary).length });
  write('tokenizer_config.json', {
    tokenizer_class: 'BertTokenizer',
    do_lower_case: true,
    model_max_length: 512,
    ...{ pad_token: '[PAD]', unk_token: '[UNK]', cls_token: '[CLS]', sep_token: '[SEP]', mask_token: '[MASK]' },
  });
  write('tokenizer.json', {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      ...{ id, content, special: true, single_word: false, lstrip: false, rstrip: false, normalized: false },
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        { SpecialToken: { id: '[CLS]', type_id: 0 } },
        { Sequence: { id: 'A', type_id: 0 } },
        { SpecialToken: { id: '[SEP]', type_id: 0 } },
      ],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: vocabulary,
    },
  });
}
