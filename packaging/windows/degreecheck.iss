; The installer for Windows, for Inno Setup 6.3 or newer. build.py --installer calls it with
;   /DVersion=0.1.0  /DProgram=<the built folder>  /DMade=<the folder with degreecheck.ico>  /O<output>
; It installs for one person and asks for no administrator. Inno Setup ships no Chinese: chinese.isl has what is shown.

#ifndef Version
  #error Version, Program and Made have to be given; run packaging/build.py --installer
#endif

[Setup]
AppId={{6A0B7C1E-6F3B-4E0B-9C55-2D3B4C3E7A51}
AppName=学位申请预检 DegreeCheck
AppVersion={#Version}
AppVerName=学位申请预检 DegreeCheck {#Version}
AppPublisher=DegreeCheck
VersionInfoVersion={#Version}
VersionInfoProductName=DegreeCheck
DefaultDirName={localappdata}\Programs\DegreeCheck
DisableProgramGroupPage=yes
DisableDirPage=auto
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputBaseFilename=DegreeCheck-{#Version}-windows-x64-setup
SetupIconFile={#Made}\degreecheck.ico
UninstallDisplayIcon={app}\DegreeCheckWindow.exe
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes
RestartApplications=no
ChangesAssociations=yes
ShowLanguageDialog=auto

[Languages]
; "compiler:Default.isl" is English. The Chinese one takes the buttons from it and its sentences from below.
Name: "zh"; MessagesFile: "compiler:Default.isl,chinese.isl"
Name: "en"; MessagesFile: "compiler:Default.isl"

[CustomMessages]
zh.ProductName=学位申请预检
en.ProductName=DegreeCheck
zh.DesktopIcon=在桌面上放一个图标
en.DesktopIcon=Put an icon on the desktop
zh.OpenWith=用“学位申请预检”打开
en.OpenWith=Open with DegreeCheck
zh.StartNow=现在打开学位申请预检
en.StartNow=Open DegreeCheck now
zh.AskPersonal=是否同时删除本程序的设置和缓存（最近打开的文件夹列表、已检查文件的测量结果）？%n%n申请文件夹和导出的材料包不会被删除：它们是你的文件，仍在原处。
en.AskPersonal=Also remove this program's settings and cache (the list of recent folders, what was measured of files)?%n%nApplication folders and exported bundles are yours and stay where they are.

[Tasks]
Name: "desktopicon"; Description: "{cm:DesktopIcon}"; Flags: unchecked

[InstallDelete]
; Files of an earlier version that this one does not have any more.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{cm:ProductName}"; Filename: "{app}\DegreeCheckWindow.exe"
Name: "{autodesktop}\{cm:ProductName}"; Filename: "{app}\DegreeCheckWindow.exe"; Tasks: desktopicon

[Registry]
; A bundle stays a zip, and a folder a folder: they get one more line in the menu of the right mouse button.
Root: HKCU; Subkey: "Software\Classes\Directory\shell\DegreeCheck"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Directory\shell\DegreeCheck"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\DegreeCheckWindow.exe"
Root: HKCU; Subkey: "Software\Classes\Directory\shell\DegreeCheck\command"; ValueType: string; ValueData: """{app}\DegreeCheckWindow.exe"" ""%1"""
Root: HKCU; Subkey: "Software\Classes\SystemFileAssociations\.zip\shell\DegreeCheck"; ValueType: string; ValueData: "{cm:OpenWith}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\SystemFileAssociations\.zip\shell\DegreeCheck"; ValueType: string; ValueName: "Icon"; ValueData: "{app}\DegreeCheckWindow.exe"
Root: HKCU; Subkey: "Software\Classes\SystemFileAssociations\.zip\shell\DegreeCheck\command"; ValueType: string; ValueData: """{app}\DegreeCheckWindow.exe"" ""%1"""
; So that it is offered under "Open with" too.
Root: HKCU; Subkey: "Software\Classes\Applications\DegreeCheckWindow.exe"; ValueType: string; ValueName: "FriendlyAppName"; ValueData: "{cm:ProductName}"; Flags: uninsdeletekey
Root: HKCU; Subkey: "Software\Classes\Applications\DegreeCheckWindow.exe\SupportedTypes"; ValueType: string; ValueName: ".zip"; ValueData: ""
Root: HKCU; Subkey: "Software\Classes\Applications\DegreeCheckWindow.exe\shell\open\command"; ValueType: string; ValueData: """{app}\DegreeCheckWindow.exe"" ""%1"""

[Run]
Filename: "{app}\DegreeCheckWindow.exe"; Description: "{cm:StartNow}"; Flags: postinstall nowait skipifsilent

[Code]
procedure CurUninstallStepChanged(Step: TUninstallStep);
begin
  { A silent uninstallation keeps what is personal: nobody was asked. }
  if (Step = usPostUninstall) and not UninstallSilent then
    if MsgBox(CustomMessage('AskPersonal'), mbConfirmation, MB_YESNO or MB_DEFBUTTON2) = IDYES then
      DelTree(ExpandConstant('{localappdata}\degreecheck'), True, True, True);
end;
