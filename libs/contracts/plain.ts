import { type DescMessage, toJson, type MessageShape } from '@bufbuild/protobuf';

/** A message as JSON with every field written out, by the proto JSON mapping: 64-bit integers are text. */
export const plainMessage = <Desc extends DescMessage>(schema: Desc, message: MessageShape<Desc>): object =>
  toJson(schema, message, { alwaysEmitImplicit: true }) as object;
