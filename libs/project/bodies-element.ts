import { IsIn, IsInt, Length, Matches, Max, MaxLength, Min } from 'class-validator';
import { ELEMENT_KINDS } from '@planledger/contracts';
import { REBASELINE_REASONS } from '@planledger/sectors/kit';
import { CODE, CommandBody, DATE, MilestonePlanBody, Optional, YUAN_MAX } from './bodies.js';

/** Some of an element, in whole numbers of the kind's unit: 元, 平方米, 人, 件, 吨标准煤, 千克, 立方米; used (of funds: paid) or given back. */
export class ElementQuantityBody extends CommandBody {
  @IsInt() @Min(1) @Max(YUAN_MAX) quantity!: number;
}

export class RequestElementBody extends ElementQuantityBody {
  /** Identity within the project. */
  @Matches(CODE) @MaxLength(60) element!: string;
  @IsIn(ELEMENT_KINDS) kind!: (typeof ELEMENT_KINDS)[number];
  @Matches(DATE) needBy!: string;
  /** 资金: 中央预算内, 专项债 …; else what it is for. */
  @Optional() @Length(1, 120) source?: string;
}

export class AllocateElementBody extends ElementQuantityBody {
  /** 文号 */
  @Length(4, 80) document!: string;
}

/** The whole new milestone plan, as B0 was given. */
export class RebaselineBody extends MilestonePlanBody {
  @IsIn(REBASELINE_REASONS) why!: (typeof REBASELINE_REASONS)[number];
  /** Adjusted estimate (概算) in 元; left out: as it is. */
  @Optional() @IsInt() @Min(1) @Max(YUAN_MAX) estimateYuan?: number;
}

export class ApproveRequestBody extends CommandBody {
  /** 文号; of a re-baselining, and of nothing else. */
  @Optional() @Length(4, 80) document?: string;
}
