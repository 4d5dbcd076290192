import { Module } from '@nestjs/common';
import { UntilCaughtUpCommand } from './until-caught-up.command';

@Module({ providers: [UntilCaughtUpCommand] })
export class CommandModule {}
