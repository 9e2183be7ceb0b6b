import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { COUNTY, CommandBody, DATE, DECIMAL, Optional } from './bodies.js';

/** The bodies of what the commission decides of the plan itself. Shape only, as in bodies.ts. */
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const ITEM = /^[BT][1-9]\d?-[1-9]\d{0,2}$/;
const MEASURE = /^[BT][1-9]\d?-[1-9]\d{0,2}\.[a-z0-9]+(-[a-z0-9]+)*$/;
const INDICATOR = /^I\d{2}$/;
const VERSION = /^v\d{1,4}$/;
/** Hex SHA-256. */
const DIGEST = /^[0-9a-f]{64}$/;
/** An address that explain takes: `plan`, `item/B2-1`, `measure/B2-1.schools`. */
const NODE = /^[a-z-]{2,20}(\/[A-Za-z0-9._-]{1,80}){0,4}$/;
/** The longest text of one field, as in the plan's files. */
const TEXT_CHARS_MAX = 2_000;
/** A roster written out in one entry; a longer one comes in parts. */
const MEMBERS_MAX = 500;
const PARTS_MAX = 20;
const BASIS_POINTS = 10_000;

/** A list of `of`, from `min` to `max` of them. */
const ListOf =
  (of: () => new () => object, max: number, min = 1): PropertyDecorator =>
  (target, field) => {
    const decorators = [IsArray(), ArrayMinSize(min), ArrayMaxSize(max), ValidateNested({ each: true }), Type(of)];
    for (const decorate of decorators) decorate(target, field);
  };

/** What is decided by a document. */
export class DecisionBody extends CommandBody {
  /** 文号 */
  @Length(4, 80) document!: string;
}

/** What is left out stays as it is. */
export class MeasureChangeBody {
  @Matches(MEASURE) measure!: string;
  @Optional() @Matches(DECIMAL) low?: string;
  /** Of a range only. */
  @Optional() @Matches(DECIMAL) high?: string;
  @Optional() @Matches(DATE) start?: string;
  @Optional() @Matches(DATE) due?: string;
  /** Of 每县 and 全覆盖 only. */
  @Optional() @Matches(SLUG) @MaxLength(60) roster?: string;
}

export class PathPointBody {
  @IsInt() @Min(1949) @Max(2100) year!: number;
  @Matches(DECIMAL) value!: string;
}

/** What is left out stays as it is. */
export class IndicatorChangeBody {
  @Matches(INDICATOR) indicator!: string;
  /** As the document prints it. */
  @Optional() @Length(1, 200) targetText?: string;
  @Optional() @Matches(DECIMAL) target?: string;
  /** The approved yearly path: every year of the period, the last one the target. */
  @Optional() @ListOf(() => PathPointBody, 20) path?: PathPointBody[];
}

export class IssuePlanBody extends DecisionBody {
  @Length(2, 120) issuer!: string;
  /** What every headline names as its basis from now on. */
  @Length(2, 120) basis!: string;
  /** Of the issued text. */
  @Matches(DIGEST) textDigest!: string;
  /** Against the draft. */
  @Optional() @ListOf(() => MeasureChangeBody, 500, 0) measures?: MeasureChangeBody[];
  @Optional() @ListOf(() => IndicatorChangeBody, 100, 0) indicators?: IndicatorChangeBody[];
}

const NATURES = ['build', 'create', 'service', 'people', 'digital', 'scheme'] as const;
const QUANTIFIERS = [
  ...(['atLeast', 'exact', 'approx', 'range', 'each', 'all', 'ratio', 'everyYear', 'checklist'] as const),
] as const;

/** A new item, in the words of the plan's files (docs/plan-format.md). */
export class PlanItemBody {
  @Matches(ITEM) item!: string;
  @Length(2, 200) name!: string;
  @Matches(SLUG) @MaxLength(40) sector!: string;
  @IsInt() @Min(1) @Max(99) chapter!: number;
  @IsIn(NATURES) nature!: (typeof NATURES)[number];
  /** The document's own words. */
  @Length(1, TEXT_CHARS_MAX) quote!: string;
}

export class WorkBody {
  @Matches(SLUG) @MaxLength(60) id!: string;
  @Length(1, 200) name!: string;
  @Optional() @IsInt() @Min(1) @Max(BASIS_POINTS) weight?: number;
}

/** A new measure, in the words of the plan's files. */
export class AddedMeasureBody {
  @Matches(ITEM) item!: string;
  /** Appended to the item's code. */
  @Matches(SLUG) @MaxLength(60) id!: string;
  @Length(1, 200) name!: string;
  @Length(1, 10) unit!: string;
  @IsIn(QUANTIFIERS) quantifier!: (typeof QUANTIFIERS)[number];
  @Optional() @Matches(DECIMAL) low?: string;
  @Optional() @Matches(DECIMAL) high?: string;
  @IsIn(['firm', 'strive']) commitment!: 'firm' | 'strive';
  @Optional() @IsIn(['new', 'stock']) basis?: 'new' | 'stock';
  @Optional() @Matches(DECIMAL) baseline?: string;
  @Optional() @Matches(DATE) start?: string;
  @Matches(DATE) due!: string;
  @Length(1, 200) countsAt!: string;
  @Length(1, 200) identity!: string;
  @Optional() @Matches(SLUG) @MaxLength(40) unitKind?: string;
  @Optional() @Matches(SLUG) @MaxLength(60) roster?: string;
  @Optional() @ListOf(() => WorkBody, 100) works?: WorkBody[];
  @Optional() @Matches(MEASURE) partOf?: string;
  @Optional() @IsBoolean() scheme?: boolean;
  @Length(1, TEXT_CHARS_MAX) quote!: string;
}

export class AdjustPlanBody extends DecisionBody {
  @Optional() @ListOf(() => MeasureChangeBody, 500, 0) measures?: MeasureChangeBody[];
  @Optional() @ListOf(() => IndicatorChangeBody, 100, 0) indicators?: IndicatorChangeBody[];
  @Optional() @ListOf(() => PlanItemBody, 100, 0) items?: PlanItemBody[];
  @Optional() @ListOf(() => AddedMeasureBody, 200, 0) added?: AddedMeasureBody[];
  /** Codes of the items and measures that leave the current plan. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(500)
  @Length(4, 80, { each: true })
  withdrawn?: string[];
}

export const DISPOSALS = ['carried-over', 'written-off'] as const;

export class UnfinishedBody {
  @Matches(MEASURE) measure!: string;
  /** 结转 or 核销. */
  @IsIn(DISPOSALS) disposal!: (typeof DISPOSALS)[number];
  /** 文号 of the decision on this measure. */
  @Length(4, 80) document!: string;
}

export class ClosePlanBody extends DecisionBody {
  /** Every firm measure that is not finished; what is not named is declared finished. */
  @ListOf(() => UnfinishedBody, 500, 0) unfinished!: UnfinishedBody[];
}

export class CountyTargetBody {
  @Matches(COUNTY) @MaxLength(40) county!: string;
  @Matches(DECIMAL) target!: string;
}

export class DecomposeTargetBody extends DecisionBody {
  @Matches(MEASURE) measure!: string;
  @ListOf(() => CountyTargetBody, 100) counties!: CountyTargetBody[];
}

export class ItemWeightBody {
  @Matches(ITEM) item!: string;
  /** In basis points 万分之一. */
  @IsInt() @Min(1) @Max(BASIS_POINTS) weight!: number;
}

export class MeasureWeightBody {
  @Matches(MEASURE) measure!: string;
  @IsInt() @Min(1) @Max(BASIS_POINTS) weight!: number;
}

export class ApproveWeightsBody extends DecisionBody {
  @Matches(SLUG) @MaxLength(40) set!: string;
  @Length(1, 120) name!: string;
  @ListOf(() => ItemWeightBody, 500) items!: ItemWeightBody[];
  /** Within their items; an item of which none is named weighs its measures equally. */
  @Optional() @ListOf(() => MeasureWeightBody, 500, 0) measures?: MeasureWeightBody[];
  @Matches(DATE) inForceFrom!: string;
}

export class ThresholdBody {
  /** Such as lamp/progress-yellow, or tolerance/I08. */
  @Length(3, 80) name!: string;
  @Matches(DECIMAL) value!: string;
}

export class ApproveThresholdsBody extends DecisionBody {
  @ListOf(() => ThresholdBody, 100) values!: ThresholdBody[];
  @Matches(DATE) inForceFrom!: string;
}

export class AdoptRulesBody extends CommandBody {
  @Matches(/^(progress|sector\/[a-z0-9-]{1,40})$/) part!: string;
  @Matches(VERSION) version!: string;
  @Matches(DATE) inForceFrom!: string;
}

export class RosterMemberBody {
  @Matches(SLUG) @MaxLength(60) member!: string;
  @Length(1, 120) name!: string;
  @Matches(COUNTY) @MaxLength(40) county!: string;
  @Optional() @Matches(DATE) from?: string;
  @Optional() @Matches(DATE) to?: string;
}

export class AdoptRosterBody extends DecisionBody {
  @Matches(SLUG) @MaxLength(60) roster!: string;
  @ListOf(() => RosterMemberBody, MEMBERS_MAX) members!: RosterMemberBody[];
  /** Of a roster of more than 500 members: this part, from 1. It takes effect with the last. */
  @Optional() @IsInt() @Min(1) @Max(PARTS_MAX) part?: number;
  @Optional() @IsInt() @Min(1) @Max(PARTS_MAX) parts?: number;
}

export class AdoptChecklistBody extends DecisionBody {
  @Matches(ITEM) item!: string;
  @Length(1, 200) name!: string;
  @ListOf(() => WorkBody, 100) works!: WorkBody[];
  @Matches(DATE) due!: string;
}

export class SettleDoubtBody extends DecisionBody {
  @Matches(SLUG) @MaxLength(60) reading!: string;
}

export class ApproveEvaluationBody extends DecisionBody {
  /** 中期 or 末期. */
  @IsIn(['mid', 'final']) kind!: 'mid' | 'final';
  /** Position up to which the ledger was known, and the business date. */
  @IsInt() @Min(1) at!: number;
  @Matches(DATE) on!: string;
  /** Of the answer that was approved. */
  @Matches(DIGEST) digest!: string;
}

export class PublishReportBody extends CommandBody {
  @Matches(SLUG) @MaxLength(60) report!: string;
  @Length(2, 200) title!: string;
  /** Of the file. */
  @Matches(DIGEST) digest!: string;
  @IsInt() @Min(1) at!: number;
  @Matches(DATE) on!: string;
  /** Of the progress rules; left out: what is in force on that date. */
  @Optional() @Matches(VERSION) ruleVersion?: string;
  /** Nodes whose figures it shows; left out: all. */
  @Optional() @IsArray() @ArrayMaxSize(200) @IsString({ each: true }) @Matches(NODE, { each: true }) nodes?: string[];
}
