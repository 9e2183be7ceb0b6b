import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsInt,
  IsObject,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import * as bodies from './bodies.js';

/** Bodies of renewal-commands.ts; shape only, as in bodies.ts. */
export class BindCodeBody extends bodies.CommandBody {
  @IsObject() @ValidateNested() @Type(() => bodies.ProjectCodeBody) code!: bodies.ProjectCodeBody;
  /** YYYY-MM-DD since when the project is known by it. */
  @Matches(bodies.DATE) validFrom!: string;
  /** Value of the code of the same kind that it replaces; left out: it stands beside. */
  @bodies.Optional() @Length(1, 64) replaces?: string;
}

export class SplitBody extends bodies.DocumentedBody {
  /** Ids of the projects in which its unfinished work goes on, registered already. */
  @IsArray()
  @ArrayMinSize(2)
  @ArrayMaxSize(20)
  @Matches(bodies.CODE, { each: true })
  @MaxLength(60, { each: true })
  into!: string[];
}

export class MergeBody extends bodies.DocumentedBody {
  /** Id of the project in which its unfinished work goes on. */
  @Matches(bodies.CODE) @MaxLength(60) into!: string;
}

export class OpeningQuantityBody {
  /** A measure of the earlier plan, by its code there. */
  @Length(3, 80) measure!: string;
  @IsInt() @Min(0) @Max(bodies.QUANTITY_MAX) quantity!: number;
}

/** The registration as in this plan, and where the project stood in the earlier one. */
export class CarryInBody extends bodies.RegisterProjectBody {
  @Matches(bodies.CODE) @MaxLength(60) fromPlan!: string;
  /** Position of the last entry of its stream there, and that entry's leaf hash in hex. */
  @IsInt() @Min(1) @Max(bodies.POSITION_MAX) position!: number;
  @Matches(/^[0-9a-f]{64}$/) leafHash!: string;
  /** What it delivered there. */
  @IsArray()
  @ArrayMaxSize(bodies.LIST_MAX)
  @ValidateNested({ each: true })
  @Type(() => OpeningQuantityBody)
  opening!: OpeningQuantityBody[];
}

export class UnitDateBody extends bodies.CommandBody {
  @Matches(bodies.CODE) @MaxLength(60) unit!: string;
  @Matches(bodies.DATE) due!: string;
}
