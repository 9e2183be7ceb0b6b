import 'reflect-metadata';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/**
 * The bodies of the write routes. Shape only: what a field looks like. What it means, and whether it may be, is decided
 * in decide.ts against the ledger. Unknown fields are refused by whoever validates (host/validate.ts).
 */
export const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;
export const CODE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
/** GB/T 2260, or an area's own code as the plan's format has it, e.g. KF-SFQ. */
export const COUNTY = /^(\d{6}|[A-Z]{2,}(-[A-Z0-9]+)+)$/;
export const DECIMAL = /^-?\d{1,15}(\.\d{1,6})?$/;
export const YUAN_MAX = 1_000_000_000_000;
export const QUANTITY_MAX = 4_000_000_000;
export const POSITION_MAX = 4_294_967_295;
/** The longest list in any body. */
export const LIST_MAX = 200;

const FACTS_MAX = 40;

/** May be left out; null is no way of leaving out. */
export const Optional = (): PropertyDecorator => ValidateIf((_body, value) => value !== undefined);

/** An object of numbers, texts and true/false; what they mean is the sector's to judge. */
const IsFacts = (): PropertyDecorator =>
  ValidateBy({
    name: 'isFacts',
    validator: {
      validate: (facts: unknown) =>
        typeof facts === 'object' &&
        facts !== null &&
        Object.keys(facts).length <= FACTS_MAX &&
        Object.values(facts).every((fact) => ['number', 'string', 'boolean'].includes(typeof fact)),
      defaultMessage: () => `facts must be at most ${FACTS_MAX} numbers, texts or true/false values`,
    },
  });

export class EvidenceBody {
  /** Hex SHA-256 of the document. */
  @Matches(/^[0-9a-f]{64}$/) digest!: string;
  @Length(1, 200) name!: string;
  /** Where it is kept. */
  @Length(1, 300) kept!: string;
  /** Date on the document. */
  @Optional() @Matches(DATE) dated?: string;
}

/** What every command says. */
class DatedBody {
  /** Business date, YYYY-MM-DD in Asia/Shanghai; not in the future. */
  @Matches(DATE) occurredOn!: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => EvidenceBody)
  evidence?: EvidenceBody[];
}

/** A command that may give its reason. */
export class CommandBody extends DatedBody {
  @Optional() @IsString() @MaxLength(500) reason?: string;
}

/** A command that needs its reason. No heir of CommandBody: what may be left out there could be left out here. */
export class ReasonedBody extends DatedBody {
  @IsString() @Length(1, 500) reason!: string;
}

export class ProjectCodeBody {
  @IsIn(['national', 'approval', 'internal', 'statistics']) kind!: string;
  @Length(1, 64) value!: string;
}

export const BUILD_NATURES = [
  'new',
  'rebuild',
  'extend',
  'relocate',
  'renovate',
  'purchase',
  'digital',
  'service',
] as const;

export class RegisterProjectBody extends CommandBody {
  @Length(2, 120) name!: string;
  @Matches(CODE) @MaxLength(40) sector!: string;
  @Matches(COUNTY) @MaxLength(40) county!: string;
  /** Responsible unit; left out: the clerk's own. */
  @Optional() @Matches(CODE) @MaxLength(60) unit?: string;
  @IsIn(BUILD_NATURES) nature!: (typeof BUILD_NATURES)[number];
  /** One of the sector's milestone templates. */
  @Matches(CODE) @MaxLength(40) template!: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @ValidateNested({ each: true })
  @Type(() => ProjectCodeBody)
  codes?: ProjectCodeBody[];
  /** One site of two sectors: the same value in both registrations. */
  @Optional() @Matches(CODE) @MaxLength(60) site?: string;
  @Optional() @IsInt() @Min(0) @Max(YUAN_MAX) estimateYuan?: number;
  @Optional() @Matches(CODE) @MaxLength(60) namedProject?: string;
  /** classified (涉密) is refused at the door. */
  @IsIn(['public', 'internal', 'classified']) publicity!: string;
}

export class LinkBody extends CommandBody {
  @Matches(/^[BT]\d{1,2}-\d{1,2}$/) item!: string;
}

export class PlannedMilestoneBody {
  @Matches(CODE) @MaxLength(40) milestone!: string;
  @Matches(DATE) due!: string;
  /** Designed quantity; of quantity milestones only. */
  @Optional() @IsInt() @Min(1) @Max(QUANTITY_MAX) designed?: number;
}

export class DesignedOutputBody {
  @Length(3, 80) measure!: string;
  @IsInt() @Min(1) @Max(QUANTITY_MAX) quantity!: number;
  @Matches(DATE) due!: string;
  /** The unit it is, where the units of a bundle are named beforehand; then the quantity is that unit's. */
  @Optional() @Matches(CODE) @MaxLength(60) unit?: string;
}

export class YearPlanBody {
  @IsInt() @Min(1900) @Max(2999) year!: number;
  /** Planned investment of that year, in 元. */
  @IsInt() @Min(0) @Max(YUAN_MAX) yuan!: number;
}

export class MilestonePlanBody extends CommandBody {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => PlannedMilestoneBody)
  milestones!: PlannedMilestoneBody[];
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @ValidateNested({ each: true })
  @Type(() => DesignedOutputBody)
  outputs!: DesignedOutputBody[];
  /** Yearly investment plan, years of the plan's period. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => YearPlanBody)
  years?: YearPlanBody[];
}

/** Claim of a milestone, or an answer to one; `unit` where a unit of the project reached it. */
export class MilestoneBody extends CommandBody {
  @Optional() @Matches(CODE) @MaxLength(60) unit?: string;
}

export class MilestoneRejectBody extends ReasonedBody {
  @Optional() @Matches(CODE) @MaxLength(60) unit?: string;
}

export class QuantityDoneBody {
  @Matches(CODE) @MaxLength(40) milestone!: string;
  /** Since the start, not since the last report. */
  @IsInt() @Min(0) @Max(QUANTITY_MAX) done!: number;
}

export class ProgressBody extends CommandBody {
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => QuantityDoneBody)
  quantities!: QuantityDoneBody[];
  /** Spent since the start, in 元. */
  @Optional() @IsInt() @Min(0) @Max(YUAN_MAX) completedYuan?: number;
}

export class DeliverOutputBody extends CommandBody {
  /** Identity of the unit within the project. */
  @Matches(CODE) @MaxLength(60) unit!: string;
  @Length(1, 120) unitName!: string;
  @Length(3, 80) measure!: string;
  /** One of the sector's unit kinds. */
  @Matches(CODE) @MaxLength(40) kind!: string;
  @IsInt() @Min(1) @Max(QUANTITY_MAX) quantity!: number;
  /** The roster member or the work that it is. */
  @Optional() @Matches(/^[A-Za-z0-9._-]{1,60}$/) member?: string;
  /** What the sector demands of such a unit: numbers, text or true/false by name. */
  @IsObject() @IsFacts() facts!: Record<string, number | string | boolean>;
}

export class StateFactsBody extends CommandBody {
  @Length(3, 80) measure!: string;
  @IsObject() @IsFacts() facts!: Record<string, number | string | boolean>;
  /** Since when they hold. */
  @Matches(DATE) since!: string;
}

export class OutputAnswerBody extends CommandBody {
  @Length(3, 80) measure!: string;
  /** Position of the later facts that are answered; left out: the delivery itself is. */
  @Optional() @IsInt() @Min(1) @Max(POSITION_MAX) statement?: number;
}

export class OutputRejectBody extends ReasonedBody {
  @Length(3, 80) measure!: string;
  @Optional() @IsInt() @Min(1) @Max(POSITION_MAX) statement?: number;
}

export class RevokeOutputBody extends ReasonedBody {
  @Length(3, 80) measure!: string;
  @Matches(DATE) lostOn!: string;
}

export class DocumentedBody extends ReasonedBody {
  /** 文号 */
  @Length(4, 80) document!: string;
}

export const MATURITIES = ['flash', 'preliminary', 'final'] as const;

export class ObservationBody {
  /** 2023, 2023-Q2 or 2023-06; the business date is its last day. */
  @Matches(/^\d{4}(-Q[1-4]|-(0[1-9]|1[0-2]))?$/) period!: string;
  /** Left out: the whole city. */
  @Optional() @Matches(COUNTY) @MaxLength(40) county?: string;
  @Optional() @Matches(DECIMAL) numerator?: string;
  @Optional() @Matches(DECIMAL) denominator?: string;
  @Optional() @Matches(DECIMAL) value?: string;
  @IsIn(MATURITIES) maturity!: (typeof MATURITIES)[number];
  @Length(1, 120) source!: string;
  @Optional() @IsString() @MaxLength(500) reason?: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @Type(() => EvidenceBody)
  evidence?: EvidenceBody[];
}

export const CORRECTION_REASONS = [
  'typing-error',
  'misread-rule',
  'reported-twice',
  'untrue-evidence',
  'statistical-finding',
  'audit',
] as const;

export class RetractBody extends DatedBody {
  @IsIn(CORRECTION_REASONS) why!: (typeof CORRECTION_REASONS)[number];
  /** In words, at least 10 characters. */
  @IsString() @Length(10, 500) reason!: string;
}

export class CorrectBody extends RetractBody {
  /** The whole new payload: the fields of the original command's body, without occurredOn, reason and evidence. */
  @IsObject() payload!: Record<string, unknown>;
}
