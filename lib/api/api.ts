/** The HTTP API: reads and commands for people who signed in, each command checked again against the plan's roles. */
import { Duration } from 'aws-cdk-lib';
import { AccessLogField, AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnRoute,
  type CfnStage,
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccountRecovery, CfnUserPoolGroup, Mfa, UserPool } from 'aws-cdk-lib/aws-cognito';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Plan } from '#domain/plan/plan.ts';
import { gatewayRoutes, publicPaths } from '#functions/http/gateway.ts';
import { pascalCase } from '../function.ts';
import type { Functions } from '../functions.ts';
import { acknowledge } from '../nag-suppressions.ts';
import type { ResourceNames } from '../names.ts';
import { removalOf } from '../removal.ts';
import type { Stage } from '../stage.ts';

/** A dozen people and their dashboards. */
const requestsPerSecond = 50;
const burstRequests = 100;
/** Of each route that asks for no token: a campaign's readers come over hours, a pipeline calls back twice a run. */
const publicRequestsPerSecond = 20;
const publicBurstRequests = 40;
const passwordCharactersMin = 14;
const sessionHours = 12;

/** Who asked what and how it went; no token, no body. */
const accessLog = AccessLogFormat.custom(
  JSON.stringify({
    requestId: AccessLogField.contextRequestId(),
    at: AccessLogField.contextRequestTime(),
    user: AccessLogField.contextAuthorizer('claims.username'),
    route: AccessLogField.contextRouteKey(),
    path: AccessLogField.contextPath(),
    status: AccessLogField.contextStatus(),
    milliseconds: AccessLogField.contextIntegrationLatency(),
    error: AccessLogField.contextErrorMessage(),
  }),
);

const callbacks = '/callbacks/scripts';

interface ApiProps {
  readonly names: ResourceNames;
  readonly stage: Stage;
  readonly plan: Plan;
}

export class Api extends Construct {
  /** Where pipelines say how a script's run stands. */
  readonly callbackUrl: string;
  readonly httpApi: HttpApi;
  readonly #stage: HttpStage;
  /** What people need to sign in and to ask. */
  readonly outputs: Readonly<Record<'ApiUrl' | 'UserPoolId' | 'UserPoolClientId', string>>;

  constructor(scope: Construct, id: string, { names, stage, plan }: ApiProps) {
    super(scope, id);
    const { users, client } = this.#people({ names, stage, plan });
    this.httpApi = new HttpApi(this, 'Http', {
      apiName: names.of('api'),
      description: `Releases of ${plan.product}`,
      createDefaultStage: false,
      defaultAuthorizer: new HttpUserPoolAuthorizer('People', users, { userPoolClients: [client] }),
    });
    this.#stage = new HttpStage(this, 'Stage', {
      httpApi: this.httpApi,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: requestsPerSecond, burstLimit: burstRequests },
      accessLogSettings: {
        format: accessLog,
        destination: new LogGroupLogDestination(
          new LogGroup(this, 'AccessLog', {
            logGroupName: `/aws/vendedlogs/api/${names.of('api')}`,
            retention: stage.logDays,
            removalPolicy: removalOf(stage),
          }),
        ),
      },
    });
    const url = this.httpApi.apiEndpoint;
    this.callbackUrl = `${url}${callbacks}`;
    this.outputs = {
      ApiUrl: url,
      UserPoolId: users.userPoolId,
      UserPoolClientId: client.userPoolClientId,
    };
  }

  /** Who may sign in, in a group for each of the plan's roles, and by what. */
  #people({ names, stage, plan }: ApiProps) {
    const users = new UserPool(this, 'Users', {
      userPoolName: names.of('people'),
      // Only an administrator lets people in.
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      mfa: stage.secondFactor === 'required' ? Mfa.REQUIRED : Mfa.OPTIONAL,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: passwordCharactersMin,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      deletionProtection: stage.keepsData,
      removalPolicy: removalOf(stage),
    });
    acknowledge(users, {
      'AwsSolutions-COG8':
        'The Plus plan is priced per user; a second factor is required of a dozen known people',
    });
    if (stage.secondFactor === 'optional')
      acknowledge(users, { 'AwsSolutions-COG2': 'The stage asks for it: people of a trial, or an emulator' });
    for (const [role, { name }] of Object.entries(plan.roles)) {
      new CfnUserPoolGroup(this, `${pascalCase(role)}Group`, {
        userPoolId: users.userPoolId,
        groupName: role,
        description: name,
      });
    }
    const client = users.addClient('Client', {
      userPoolClientName: names.of('cli'),
      authFlows: { userSrp: true, adminUserPassword: true },
      // People sign in by SRP; there are no pages to come back to.
      disableOAuth: true,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.hours(sessionHours),
    });
    return { users, client };
  }

  /** Connects the routes; apart, because functions are told the API's address. */
  serve(functions: Functions): void {
    for (const [method, path, name] of gatewayRoutes)
      this.httpApi.addRoutes({
        path,
        methods: [HttpMethod[method]],
        integration: new HttpLambdaIntegration(pascalCase(name), functions.get(name)),
      });
    for (const path of publicPaths) {
      const routes = this.httpApi.addRoutes({
        path,
        methods: [HttpMethod.GET, HttpMethod.POST],
        integration: new HttpLambdaIntegration(`PublicPages${path.slice(1)}`, functions.get('public-pages')),
        // The link's signature is the proof, not a token.
        authorizer: new HttpNoneAuthorizer(),
      });
      this.#limit(routes, 'Readers of a mail have no account: their link is signed');
    }
    const callback = functions.find('script-callback');
    if (!callback) return;
    const routes = this.httpApi.addRoutes({
      path: callbacks,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('ScriptCallback', callback),
      authorizer: new HttpNoneAuthorizer(),
    });
    this.#limit(routes, 'A pipeline has no account: its message is signed');
  }

  /** What anybody may call is limited by itself, so that it takes nothing from the team. */
  #limit(routes: readonly HttpRoute[], why: string): void {
    const stage = this.#stage.node.defaultChild as CfnStage;
    const limits = {
      ThrottlingRateLimit: publicRequestsPerSecond,
      ThrottlingBurstLimit: publicBurstRequests,
    };
    for (const route of routes) {
      acknowledge(route, { 'AwsSolutions-APIG4': why });
      const { routeKey } = route.node.defaultChild as CfnRoute;
      stage.addPropertyOverride(`RouteSettings.${routeKey}`, limits);
      stage.node.addDependency(route);
    }
  }
}
