import { ELEMENT_KINDS } from '@planledger/contracts';
import * as bodies from './bodies-element.js';
import { type CommandRow, row } from './command.js';

/** Elements (要素): asked for by the clerk, allocated by the commission, used and given back. */
export const ELEMENT_COMMANDS: readonly CommandRow[] = [
  row({
    name: 'requestElement',
    path: 'projects/{id}/elements',
    summary: 'Ask for funds, land, staff, approvals, energy, environmental capacity or water 要素申请',
    permission: 'element.request',
    body: bodies.RequestElementBody,
    makes: 'elementRequested',
    event: (body, { state }) => {
      const { element, needBy, source = '', occurredOn } = body;
      const [kind, quantity] = [ELEMENT_KINDS.indexOf(body.kind) + 1, BigInt(body.quantity)];
      const before = state.project?.elements.get(element);
      const same = before?.kind === kind && before.requested === quantity && before.needBy === needBy;
      if (same && before.source === source && before.asked.on === occurredOn) return undefined;
      return { case: 'elementRequested', value: { element, kind, quantity, needBy, source } };
    },
    example: {
      occurredOn: '2024-03-08',
      element: 'central-funds',
      kind: 'funds',
      quantity: 20000000,
      needBy: '2024-06-30',
      source: '中央预算内',
    },
  }),
  row({
    name: 'allocateElement',
    path: 'projects/{id}/elements/{element}/allocate',
    summary: 'Allocate some of an element, by document 要素落实',
    permission: 'element.allocate',
    body: bodies.AllocateElementBody,
    makes: 'elementAllocated',
    event: ({ document, occurredOn, ...body }, { params, state }) => {
      const [element, quantity] = [params['element'] ?? '', BigInt(body.quantity)];
      // Unlike a payment an allocation has a name, its document: the same again is the same, not as much again.
      const said = state.project?.elements
        .get(element)
        ?.allocations.some((one) => one.document === document && one.quantity === quantity && one.on === occurredOn);
      return said ? undefined : { case: 'elementAllocated', value: { element, quantity, document } };
    },
    example: { occurredOn: '2024-05-20', quantity: 12000000, document: '汴财建〔2024〕31号' },
  }),
  row({
    name: 'useElement',
    path: 'projects/{id}/elements/{element}/use',
    summary: 'Use some of an allocated element; of funds: pay 要素使用',
    permission: 'element.use',
    body: bodies.ElementQuantityBody,
    makes: 'elementUsed',
    event: ({ quantity }, { params }) => ({
      case: 'elementUsed',
      value: { element: params['element'] ?? '', quantity: BigInt(quantity) },
    }),
    example: { occurredOn: '2024-08-15', quantity: 5000000 },
  }),
  row({
    name: 'releaseElement',
    path: 'projects/{id}/elements/{element}/release',
    summary: 'Give back what is not used 要素退回',
    permission: 'element.use',
    body: bodies.ElementQuantityBody,
    makes: 'elementReleased',
    event: ({ quantity }, { params }) => ({
      case: 'elementReleased',
      value: { element: params['element'] ?? '', quantity: BigInt(quantity) },
    }),
    example: { occurredOn: '2024-09-20', quantity: 1000000 },
  }),
];
