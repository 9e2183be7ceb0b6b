import { CASE_LEVELS } from '@planledger/plan';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { CODE, CommandBody, COUNTY, DATE, LIST_MAX, Optional, ReasonedBody } from './bodies.js';

/** Bodies of the month's round, of cases and of findings. Shape only, as in bodies.ts. */
const POSITION_MAX = 4_294_967_295;
const ABOUT = /^(project|indicator)\/[A-Za-z0-9][A-Za-z0-9._-]{0,79}$/;

export class OpenPeriodBody extends CommandBody {
  @Matches(CODE) @MaxLength(60) unit!: string;
  @Matches(CODE) @MaxLength(40) sector!: string;
  /** The unit's county; that of the city itself for a bureau. */
  @Matches(COUNTY) @MaxLength(40) county!: string;
  /** Day by which the report is due, holidays considered. */
  @Matches(DATE) due!: string;
}

/** Approves a report, or closes a month. */
export class PeriodBody extends CommandBody {
  /** Left out: one's own. */
  @Optional() @Matches(CODE) @MaxLength(60) unit?: string;
  /** Left out: one's own, where one has a single one. */
  @Optional() @Matches(CODE) @MaxLength(40) sector?: string;
}

export class SubmitReportBody extends PeriodBody {
  /** 零报告: nothing happened; needs its reason. */
  @IsBoolean() nil!: boolean;
}

export class ReturnReportBody extends ReasonedBody {
  /** Left out: one's own. */
  @Optional() @Matches(CODE) @MaxLength(60) unit?: string;
  /** Left out: one's own, where one has a single one. */
  @Optional() @Matches(CODE) @MaxLength(40) sector?: string;
}

export const LAMPS = ['start', 'progress', 'reporting', 'elements', 'payment', 'stock-entry', 'overall'] as const;
export const LAMP_COLOURS = ['green', 'yellow', 'red'] as const;

export class LampBody {
  @IsIn(LAMPS) lamp!: (typeof LAMPS)[number];
  @IsIn(LAMP_COLOURS) colour!: (typeof LAMP_COLOURS)[number];
  /** Last day on which it stands in place of what is computed; left out: it darkens only, while the case is open. */
  @Optional() @Matches(DATE) until?: string;
}

export class SuperviseBody extends CommandBody {
  @Length(2, 120) title!: string;
  /** Stream that it is about, e.g. project/p1; left out: none. */
  @Optional() @Matches(ABOUT) about?: string;
  /** Unit that must act. */
  @Matches(CODE) @MaxLength(60) toUnit!: string;
  @Matches(DATE) due!: string;
  @Optional() @IsObject() @ValidateNested() @Type(() => LampBody) lamp?: LampBody;
}

export class EscalateCaseBody extends CommandBody {
  @IsIn(CASE_LEVELS) level!: (typeof CASE_LEVELS)[number];
  /** Left out: as it was. */
  @Optional() @Matches(DATE) due?: string;
}

export class RaiseFindingBody extends CommandBody {
  @Length(2, 120) title!: string;
  /** Stream that it is about, e.g. project/p1; left out: none. */
  @Optional() @Matches(ABOUT) about?: string;
  /** Positions of the entries that it stands on. */
  @IsArray()
  @ArrayMaxSize(LIST_MAX)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(POSITION_MAX, { each: true })
  entries!: number[];
  /** Unit that must put it right. */
  @Matches(CODE) @MaxLength(60) toUnit!: string;
  @Matches(DATE) due!: string;
}

export class RectifyFindingBody extends ReasonedBody {
  /** Positions of the entries that put it right. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LIST_MAX)
  @IsInt({ each: true })
  @Min(1, { each: true })
  @Max(POSITION_MAX, { each: true })
  entries!: number[];
}
