/** The stories over the Lambda handlers: SES into the bucket, EventBridge, SQS, the HTTP API, SES out. */
import { STORY_NOW, stories } from '../../journeys/stories.ts';
import { awsStoryRuntime } from '../../support/aws/story-runtime.ts';

stories('AWS', () => awsStoryRuntime(STORY_NOW));
