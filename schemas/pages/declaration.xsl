<?xml version="1.0" encoding="UTF-8"?>
<!-- clearance/declaration.html: the declaration as a form, findings beside their fields. Tree:
     stages/pages/page-declaration.c. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:include href="frame.xsl"/>

  <xsl:template match="/page">
    <html lang="{/page/@lang}">
      <xsl:call-template name="head"/>
      <body>
        <xsl:call-template name="header"/>
        <main id="main">
          <div class="outcome {outcome/@class}">
            <h1><xsl:value-of select="outcome/title"/></h1>
            <p><xsl:value-of select="outcome/line"/><xsl:text> </xsl:text><a href="{outcome/@href}"><xsl:value-of select="$words/allFindings"/></a></p>
          </div>
          <xsl:if test="jumps/jump">
            <nav class="jump" aria-label="{$words/jumps}">
              <ul><xsl:for-each select="jumps/jump"><li><a href="{@href}"><xsl:value-of select="."/></a></li></xsl:for-each></ul>
            </nav>
          </xsl:if>
          <section aria-labelledby="head">
            <h2 id="head"><xsl:value-of select="$words/header"/></h2>
            <p class="small"><xsl:value-of select="$words/boxes"/></p>
            <dl class="form"><xsl:for-each select="form/box"><xsl:call-template name="box"/></xsl:for-each></dl>
          </section>
          <section aria-labelledby="hits">
            <h2 id="hits"><xsl:value-of select="hits/title"/></h2>
            <xsl:choose>
              <xsl:when test="hits/item">
                <div class="scroll" role="group" tabindex="0" aria-labelledby="hits">
                  <table class="items">
                    <xsl:call-template name="columns"/>
                    <tbody><xsl:for-each select="hits/item"><xsl:call-template name="hit"/></xsl:for-each></tbody>
                  </table>
                </div>
              </xsl:when>
              <xsl:otherwise><p><xsl:value-of select="$words/noHits"/></p></xsl:otherwise>
            </xsl:choose>
          </section>
          <section aria-labelledby="all">
            <h2 id="all"><xsl:value-of select="$words/allItems"/></h2>
            <div class="scroll tall" role="group" tabindex="0" aria-labelledby="all">
              <table class="items">
                <xsl:call-template name="columns"/>
                <tbody>
                  <xsl:for-each select="items/item">
                    <xsl:choose>
                      <xsl:when test="@flag">
                        <tr id="item-{@n}" class="flag"><th scope="row"><xsl:value-of select="@n"/><xsl:text> </xsl:text><a class="nowrap" href="#i{@n}"><xsl:value-of select="@flag"/></a></th><xsl:call-template name="cells"/></tr>
                      </xsl:when>
                      <xsl:otherwise>
                        <tr id="item-{@n}"><th scope="row"><xsl:value-of select="@n"/></th><xsl:call-template name="cells"/></tr>
                      </xsl:otherwise>
                    </xsl:choose>
                  </xsl:for-each>
                </tbody>
                <tfoot>
                  <tr><th scope="row"><xsl:value-of select="$words/sum"/></th><xsl:for-each select="items/sum"><td class="{@class}"><xsl:value-of select="."/></td></xsl:for-each></tr>
                </tfoot>
              </table>
            </div>
          </section>
          <section aria-labelledby="tax">
            <h2 id="tax"><xsl:value-of select="$words/duties"/></h2>
            <xsl:for-each select="duties"><xsl:call-template name="duties"/></xsl:for-each>
          </section>
        </main>
        <xsl:call-template name="footer"/>
      </body>
    </html>
  </xsl:template>

  <xsl:template name="box">
    <div id="{@id}" class="{@class}">
      <dt><xsl:if test="@number"><b><xsl:value-of select="@number"/></b></xsl:if><xsl:value-of select="name"/></dt>
      <dd><xsl:choose><xsl:when test="part"><xsl:call-template name="parts"/></xsl:when><xsl:otherwise><span class="soft"><xsl:value-of select="$words/absent"/></span></xsl:otherwise></xsl:choose></dd>
      <xsl:for-each select="why"><dd class="why"><xsl:call-template name="why"/></dd></xsl:for-each>
    </div>
  </xsl:template>

  <!-- A finding in one line, with the way back to its proof. -->
  <xsl:template name="why">
    <span class="tag {@form}"><xsl:value-of select="severity"/></span>
    <xsl:text> </xsl:text><a class="rule" href="{@href}"><xsl:value-of select="@rule"/></a><xsl:text> </xsl:text>
    <xsl:for-each select="message"><xsl:call-template name="text"/></xsl:for-each>
    <xsl:if test="observed"><xsl:text> </xsl:text><xsl:value-of select="$words/observed"/><xsl:text>: </xsl:text><b><xsl:value-of select="observed"/></b><xsl:text>.</xsl:text></xsl:if>
    <xsl:if test="expected"><xsl:text> </xsl:text><xsl:value-of select="$words/expected"/><xsl:text>: </xsl:text><b><xsl:value-of select="expected"/></b><xsl:text>.</xsl:text></xsl:if>
    <xsl:for-each select="mend"><xsl:text> </xsl:text><xsl:call-template name="text"/></xsl:for-each>
  </xsl:template>

  <xsl:template name="columns">
    <thead>
      <tr><th scope="col"><xsl:value-of select="$words/item"/></th><xsl:for-each select="/page/items/column"><th scope="col" class="{@class}"><xsl:value-of select="."/></th></xsl:for-each></tr>
    </thead>
  </xsl:template>

  <xsl:template name="cells">
    <xsl:for-each select="cell">
      <xsl:choose>
        <xsl:when test="@id"><td id="{@id}" class="{@class} hit"><xsl:call-template name="parts"/></td></xsl:when>
        <xsl:when test="@class"><td class="{@class}"><xsl:call-template name="parts"/></td></xsl:when>
        <xsl:otherwise><td><xsl:call-template name="parts"/></td></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template name="hit">
    <tr id="i{@n}" class="bad"><th scope="row"><a href="#item-{@n}"><xsl:value-of select="@n"/></a></th><xsl:call-template name="cells"/></tr>
    <tr class="why"><td/><td colspan="11"><xsl:for-each select="why"><p><xsl:call-template name="why"/></p></xsl:for-each></td></tr>
  </xsl:template>

  <xsl:template name="duties">
    <xsl:choose>
      <xsl:when test="duty">
        <div class="scroll" role="group" tabindex="0" aria-labelledby="tax">
          <table>
            <thead><tr><th scope="col"><xsl:value-of select="$words/assessment"/></th><th scope="col"><xsl:value-of select="$words/type"/></th><th scope="col" class="num"><xsl:value-of select="$words/base"/></th><th scope="col" class="num"><xsl:value-of select="$words/rate"/></th><th scope="col" class="num"><xsl:value-of select="$words/amount"/></th><th scope="col"><xsl:value-of select="$words/paid"/></th></tr></thead>
            <tbody>
              <xsl:for-each select="duty">
                <tr>
                  <th scope="row"><xsl:value-of select="assessment"/></th>
                  <td><xsl:for-each select="type"><xsl:call-template name="parts"/></xsl:for-each></td>
                  <td class="num"><xsl:value-of select="base"/></td><td class="num"><xsl:value-of select="rate"/></td><td class="num"><xsl:value-of select="amount"/></td>
                  <td><xsl:value-of select="paid"/></td>
                </tr>
              </xsl:for-each>
            </tbody>
          </table>
        </div>
      </xsl:when>
      <xsl:otherwise><p><xsl:value-of select="$words/noDuties"/></p></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="rule"><p><xsl:value-of select="$words/dutyRules"/><xsl:text> </xsl:text><xsl:call-template name="rules"/></p></xsl:if>
  </xsl:template>
</xsl:stylesheet>
