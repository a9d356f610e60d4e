/**
 * The SSM document that runs one script of a plan (schema 2.2). It takes a path below the stage's directory and a JSON
 * object of texts, never free commands: what may stand in them is limited by pattern, and a here-string keeps the shell
 * from reading it. The contract of a script is in `docs/reference/scripts.md`.
 */

/** A relative path of names, without `..`, spaces or quotes. */
const pathPattern = '^(?!.*\\.\\.)[A-Za-z0-9_][A-Za-z0-9_./-]{0,199}\\.ps1$';
/** One line of JSON: no line break, so the here-string around it cannot be ended from inside. */
const argumentsPattern = '^\\{[^\\r\\n\\x00]{0,4000}\\}$';
const secondsPattern = '^[0-9]{1,6}$';

/** What the lowest eight bits of an exit code may not be, unless it is 0: a success, and a restart of the server. */
const swallowed = [0, 194];

export const runScriptDocument = (directory: string) => ({
  schemaVersion: '2.2',
  description: 'Runs one script of a Jalon plan with named parameters.',
  parameters: {
    path: {
      type: 'String',
      description: 'Path of the script below the directory',
      allowedPattern: pathPattern,
    },
    arguments: {
      type: 'String',
      description: 'Named parameters of the script: a JSON object of texts',
      allowedPattern: argumentsPattern,
    },
    executionTimeout: {
      type: 'String',
      description: 'Seconds the script may run',
      default: '3600',
      allowedPattern: secondsPattern,
    },
  },
  mainSteps: [
    {
      action: 'aws:runPowerShellScript',
      name: 'runScript',
      inputs: {
        workingDirectory: directory,
        timeoutSeconds: '{{ executionTimeout }}',
        runCommand: [
          // Global: functions of modules see nothing of a script's own preferences. The second one is of PowerShell 7.4.
          "$global:ErrorActionPreference = 'Stop'",
          '$global:PSNativeCommandUseErrorActionPreference = $true',
          "$json = @'",
          '{{ arguments }}',
          "'@",
          '$named = @{}',
          '(ConvertFrom-Json $json).PSObject.Properties | ForEach-Object { $named[$_.Name] = $_.Value }',
          '$global:LASTEXITCODE = 0',
          "& (Join-Path (Get-Location) '{{ path }}') @named",
          '$code = $global:LASTEXITCODE',
          // Of 3010 (Windows) and 194 (Linux) the agent would restart the server and run this again; Linux keeps eight bits,
          // of which 256 would be a success and 450 a restart. 3010 ends in the same eight bits as 194.
          `if ($code -ne 0 -and ($code -band 255) -in ${swallowed.join(', ')}) {`,
          '  Write-Output "exit code $code"',
          '  exit 1',
          '}',
          'exit $code',
        ],
      },
    },
  ],
});
